import { holds, type Range, samplesOf } from './range.ts';

/** How much of what may come is let through. */
export type Cover = 'all' | 'part' | 'none';

/** How much of a range the others cover when taken together. */
export function coverOf(range: Range, others: readonly Range[]): Cover {
  const ofFamily = others.filter(({ family }) => family === range.family);
  return summarize(samplesOf(range, ofFamily).map((address) => ofFamily.some((other) => holds(other, address))));
}

export function summarize(letThrough: readonly boolean[]): Cover {
  if (letThrough.every((one) => one)) return 'all';
  return letThrough.some((one) => one) ? 'part' : 'none';
}

const WORST_FIRST = ['none', 'part', 'all'] as const;

export function worst(covers: readonly Cover[]): Cover {
  return WORST_FIRST.find((cover) => covers.includes(cover)) ?? 'all';
}
