/** Multiplies a random test's count in `npm run soak`; 1 in `npm test`. */
const factor = Number(process.env['SOAK'] ?? '1');

/** The number of runs for a random test that makes `count` runs in `npm test`. */
export function scale(count: number): number {
  return count * factor;
}
