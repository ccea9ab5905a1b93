export type Paint = (text: string) => string;

/** Colours as values: a room that renders never asks what terminal it writes to. */
export interface Palette {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly green: Paint;
  readonly yellow: Paint;
  readonly cyan: Paint;
}

const plain: Paint = (text) => text;

export const PLAIN: Palette = { bold: plain, dim: plain, red: plain, green: plain, yellow: plain, cyan: plain };

export const ANSI: Palette = {
  bold: sgr(1, 22),
  dim: sgr(2, 22),
  red: sgr(31, 39),
  green: sgr(32, 39),
  yellow: sgr(33, 39),
  cyan: sgr(36, 39),
};

/** Select Graphic Rendition (ECMA-48): a start and an end code. */
function sgr(start: number, end: number): Paint {
  return (text) => `\u001b[${start}m${text}\u001b[${end}m`;
}
