import { table } from '../../lib/report/table.ts';

/** A figure, its floor or peer measured in the same run, and what is to be reached. */
export interface Row {
  /** Of what, after a comma. */
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

/**
 * A figure whose floor is a bound: at most `times` of it. Below it the bound is wrong, or not all was done: that is no
 * success either.
 */
export function nearBound(times: number, row: Omit<Row, 'reach' | 'ok'> & { readonly floor: number }): Row {
  return { ...row, reach: `1 to ${times} ×`, ok: row.figure >= row.floor && row.figure <= times * row.floor };
}

/** As `nearBound`: at most `more` above it. */
export function nearBoundPlus(more: number, row: Omit<Row, 'reach' | 'ok'> & { readonly floor: number }): Row {
  return { ...row, reach: `floor to floor + ${more}`, ok: row.figure >= row.floor && row.figure <= row.floor + more };
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

const HEAD = ['', 'figure', 'floor', 'ratio', ''];

/** Of one part: what rows have in common stands over them. */
export function print(part: string, rows: readonly Row[]): string {
  const groups = Map.groupBy(rows, ({ what, unit, reach, against }) =>
    JSON.stringify([topicOf(what), unit, reach, against]),
  );
  const [head = '', rule = '', ...lines] = table([...groups.values()].flat().map(lineOf), {
    head: HEAD,
    right: [1, 2, 3],
  }).split('\n');
  const told = [...groups.values()].flatMap((group) => [headingOf(group), ...lines.splice(0, group.length)]);
  return [part.toUpperCase(), head, rule, ...told].join('\n');
}

function topicOf(what: string): string {
  return what.split(', ')[0] ?? what;
}

function headingOf([first]: readonly Row[]): string {
  if (!first) return '';
  const { what, unit, reach, against } = first;
  const notes = [
    ...(against === undefined ? [] : [`floor: ${against}`]),
    ...(reach === undefined ? [] : [`to reach: ${reach}`]),
  ];
  const topic = `${topicOf(what)}${unit === '' ? '' : ` (${unit})`}`;
  return [topic, ...notes].join('; ');
}

function lineOf(row: Row): readonly string[] {
  const name = row.what.slice(topicOf(row.what).length + 2);
  return [
    `  ${name === '' ? '–' : name}`,
    short(row.figure),
    row.floor === undefined ? '' : short(row.floor),
    short(ratioOf(row)),
    row.ok === undefined ? '' : row.ok ? 'ok' : 'MISSED',
  ];
}

function short(value: number | undefined): string {
  if (value === undefined) return '';
  if (Number.isInteger(value)) return value.toLocaleString('en');
  if (Math.abs(value) < 0.1) return value.toPrecision(2);
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
