import { fitLines } from './safe-text.ts';

export interface Section {
  readonly title: string;
  readonly lines: readonly string[];
  readonly maxBytes: number;
}

/** SNS takes 262,144 bytes; a mail that is read at night is shorter. */
export const MAX_TEXT_BYTES = 16_384;

/** Sections one below the other, those without a line left out, each cut to its share; the last one is always whole. */
export function pageOf(headline: string, sections: readonly Section[]): string {
  const parts = sections
    .filter(({ lines }) => lines.length > 0)
    .map(({ title, lines, maxBytes }) => [title, ...fitLines(lines, maxBytes)].join('\n'));
  const last = parts.at(-1) ?? '';
  const rest = [headline, ...parts.slice(0, -1)].join('\n\n').split('\n');
  const fitting = fitLines(rest, MAX_TEXT_BYTES - Buffer.byteLength(last) - 100);
  return `${[fitting.join('\n'), last].filter((part) => part !== '').join('\n\n')}\n`;
}
