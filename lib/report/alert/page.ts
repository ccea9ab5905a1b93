import { fitLines } from './safe-text.ts';

export interface Section {
  readonly title: string;
  readonly lines: readonly string[];
  readonly maxBytes: number;
}

/** SNS takes 262,144 bytes; a mail that is read at night is shorter. */
export const MAX_TEXT_BYTES = 16_384;

/** Sections one below the other, those without a line left out, each cut to its share. */
export function pageOf(headline: string, sections: readonly Section[]): string {
  const parts = sections
    .filter(({ lines }) => lines.length > 0)
    .map(({ title, lines, maxBytes }) => [title, ...fitLines(lines, maxBytes)].join('\n'));
  return `${fitLines([headline, ...parts].join('\n\n').split('\n'), MAX_TEXT_BYTES - 100).join('\n')}\n`;
}
