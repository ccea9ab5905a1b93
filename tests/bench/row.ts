import { table } from '../../lib/report/table.ts';

/** One line of the table: a figure, its floor or peer measured in the same run, and what is to be reached. */
export interface Row {
  readonly what: string;
  readonly figure: number;
  readonly unit: string;
  readonly floor?: number;
  /** What the floor is. */
  readonly against?: string;
  readonly reach?: string;
  readonly ok?: boolean;
}

export interface Part {
  readonly name: string;
  readonly run: () => Promise<readonly Row[]>;
}

/** A figure that may be at most `times` its floor. */
export function atMost(times: number, row: Omit<Row, 'reach' | 'ok'> & { readonly floor: number }): Row {
  return { ...row, reach: `≤ ${times} ×`, ok: row.figure <= times * row.floor };
}

/** A figure that may be at most `more` above its floor. */
export function atMostMore(more: number, row: Omit<Row, 'reach' | 'ok'> & { readonly floor: number }): Row {
  return { ...row, reach: `≤ floor + ${more}`, ok: row.figure <= row.floor + more };
}

export function exactly(wanted: number, row: Omit<Row, 'reach' | 'ok'>): Row {
  return { ...row, reach: `= ${wanted}`, ok: row.figure === wanted };
}

export function limit(most: number, row: Omit<Row, 'reach' | 'ok'>): Row {
  return { ...row, reach: `≤ ${most} ${row.unit}`.trim(), ok: row.figure <= most };
}

export function ratioOf({ figure, floor }: Row): number | undefined {
  return floor === undefined || floor === 0 ? undefined : figure / floor;
}

/** For machines: they need not work it out. */
export function withRatio(row: Row): Row & { readonly ratio?: number } {
  const ratio = ratioOf(row);
  return ratio === undefined ? row : { ...row, ratio };
}

const HEAD = ['what', 'figure', 'floor', 'ratio', 'to reach', '', 'floor is'];

export function print(rows: readonly Row[]): string {
  const lines = rows.map((row) => [
    row.what,
    `${short(row.figure)} ${row.unit}`.trim(),
    row.floor === undefined ? '' : short(row.floor),
    short(ratioOf(row)),
    row.reach ?? '',
    row.ok === undefined ? '' : row.ok ? 'ok' : 'MISSED',
    row.against ?? '',
  ]);
  return table(lines, { head: HEAD, right: [1, 2, 3] });
}

function short(value: number | undefined): string {
  if (value === undefined) return '';
  if (Number.isInteger(value)) return value.toLocaleString('en');
  const digits = Math.abs(value) >= 100 ? 0 : 2;
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export async function timed<T>(work: () => T | Promise<T>): Promise<{ readonly ms: number; readonly value: T }> {
  const start = performance.now();
  const value = await work();
  return { ms: performance.now() - start, value };
}
