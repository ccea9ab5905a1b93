import { type Palette, PLAIN } from './palette.ts';

export interface TableOptions {
  readonly head?: readonly string[];
  /** Columns, by number, that are set to the right. */
  readonly right?: readonly number[];
  readonly palette?: Palette;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal are what is not counted
const ESCAPES = /\u001b\[[0-9;]*m/g;
const ZERO_WIDTH = /\p{Mn}|\p{Me}|\p{Cf}/u;
/** East Asian wide forms and emoji take two columns. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

/** A table of text with aligned columns, two spaces apart; no line ends in spaces. */
export function table(rows: readonly (readonly string[])[], options: TableOptions = {}): string {
  const { head, right = [], palette = PLAIN } = options;
  const all = head === undefined ? rows : [head, ...rows];
  const widths = widthsOf(all);
  const lines = rows.map((row) => lineOf(row, { widths, right }));
  if (head === undefined) return lines.join('\n');
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [palette.bold(lineOf(head, { widths, right })), palette.dim(rule), ...lines].join('\n');
}

/** Columns that a terminal needs for a text; colours take none. */
export function columnsOf(text: string): number {
  return [...text.replaceAll(ESCAPES, '')].reduce((sum, sign) => sum + columnsOfSign(sign), 0);
}

function columnsOfSign(sign: string): number {
  if (ZERO_WIDTH.test(sign)) return 0;
  return WIDE.test(sign) ? 2 : 1;
}

function widthsOf(rows: readonly (readonly string[])[]): readonly number[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: count }, (_none, column) => Math.max(...rows.map((row) => columnsOf(row[column] ?? ''))));
}

function lineOf(
  row: readonly string[],
  { widths, right }: { readonly widths: readonly number[]; readonly right: readonly number[] },
): string {
  const cells = widths.map((width, column) => {
    const cell = row[column] ?? '';
    const space = ' '.repeat(Math.max(0, width - columnsOf(cell)));
    return right.includes(column) ? `${space}${cell}` : `${cell}${space}`;
  });
  return cells.join('  ').trimEnd();
}
