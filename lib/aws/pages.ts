/** Everything that a paginator gives, up to `most`. */
export async function collect<P, T>(
  pages: AsyncIterable<P>,
  pick: (page: P) => readonly T[] | undefined,
  most = Number.POSITIVE_INFINITY,
): Promise<T[]> {
  const found: T[] = [];
  for await (const page of pages) {
    found.push(...(pick(page) ?? []));
    if (found.length >= most) break;
  }
  return found.slice(0, most);
}
