import type { Month } from '../bench/dollars.ts';
import { table } from './markdown.ts';

const HEAD = [
  'families, each with a file system of its own',
  'alarms and metrics',
  'sweep',
  'throughput',
  'USD a month',
];

export function costs(months: readonly Month[]): string {
  const usd = (amount: number) => amount.toFixed(2);
  return table(
    HEAD,
    months.map(({ families, fixed, sweep, watch }) => [
      families.toLocaleString('en'),
      usd(fixed),
      usd(sweep),
      usd(watch),
      usd(fixed + sweep + watch),
    ]),
  );
}

/** The last column, row by row. */
export function sumsIn(text: string): readonly number[] {
  return [...text.matchAll(/\| ([\d.]+) \|$/gm)].map(([, sum]) => Number(sum));
}
