import type { Outcome } from '../../domain/plan.ts';
import { type Palette, PLAIN } from '../../report/palette.ts';
import { renderPlan } from '../../report/render-plan.ts';

/** Where a story is told: lines for people, in one voice. */
export interface Teller {
  readonly palette: Palette;
  readonly chapter: (title: string, about: string) => void;
  readonly scene: (title: string) => void;
  readonly happens: (who: string, what: string) => void;
  readonly shows: (outcome: Outcome) => void;
  readonly says: (text: string) => void;
}

const INDENT = '      ';
const WIDTH = 14;

export function createTeller(write: (line: string) => void, palette: Palette = PLAIN): Teller {
  return {
    palette,
    chapter: (title, about) => write(`\n${palette.bold(palette.cyan(`━━ ${title} `))}\n${about}`),
    scene: (title) => write(`\n  ${palette.bold(title)}`),
    happens: (who, what) => write(`    ${palette.dim(who.padEnd(WIDTH))}${what}`),
    shows: ({ decision, steps, withheld }) =>
      write(indented(renderPlan({ findings: decision.findings, steps, withheld }, { palette, brief: true }))),
    says: (text) => write(text),
  };
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : `${INDENT}${line}`))
    .join('\n');
}
