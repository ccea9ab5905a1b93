/** Compares dotted versions number by number; undefined where one of them is not such a text. */
export function isOlder(version: string, than: string): boolean | undefined {
  const [left, right] = [version, than].map((text) => text.replace(/^v/, '').split('.').map(Number));
  if (left === undefined || right === undefined) return undefined;
  if ([...left, ...right].some(Number.isNaN)) return undefined;
  const at = right.findIndex((part, index) => (left[index] ?? 0) !== part);
  return at >= 0 && (left[at] ?? 0) < (right[at] ?? 0);
}
