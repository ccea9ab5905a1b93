const MOST = 3;

/** Names that somebody may have meant: those that hold the word, and those a few slips away. */
export function nearest(word: string, names: readonly string[]): readonly string[] {
  const asked = word.toLowerCase();
  const slips = Math.max(2, Math.floor(asked.length / 3));
  return names
    .map((name) => ({ name, distance: distanceOf(asked, name.toLowerCase()) }))
    .filter(({ distance }) => distance <= slips)
    .toSorted((one, other) => one.distance - other.distance || one.name.localeCompare(other.name))
    .slice(0, MOST)
    .map(({ name }) => name);
}

function distanceOf(asked: string, name: string): number {
  if (name.includes(asked) || asked.includes(name)) return 1;
  return editDistance(asked, name);
}

/** Levenshtein's: signs put in, taken out or exchanged. */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_none, column) => column);
  for (const [line, sign] of [...one].entries()) {
    const next = [line + 1];
    for (const [column, otherSign] of [...other].entries()) {
      const exchanged = (row[column] ?? 0) + (sign === otherSign ? 0 : 1);
      next.push(Math.min(exchanged, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
