import type { CheckState, Fault } from '../doctor/report.ts';
import { STATE_WORDS } from '../doctor/report.ts';
import { type Html, html, raw } from './html.ts';

export type MarkState = CheckState | Fault['state'];

/** A form for each state, so that nothing is said by colour alone; drawn around 0,0 in a square of 16. */
const SHAPES: Readonly<Record<MarkState, string>> = {
  fine: 'M-5 0.5 L-1.5 4 L5.5 -4',
  'must-fix': 'M-4 -4 L4 4 M4 -4 L-4 4',
  'should-fix': 'M0 -5.5 L0 1 M0 5 L0 5.01',
  'not-checked': 'M-3 -2.5 C-3 -6.5 3.6 -6.5 3.4 -2.6 C3.3 -0.4 0 -0.4 0 2 M0 5.4 L0 5.41',
  note: 'M0 -1 L0 5 M0 -5 L0 -4.99',
};

export function markPath(state: MarkState): string {
  return SHAPES[state];
}

const WORDS: Readonly<Record<MarkState, string>> = { ...STATE_WORDS, note: 'note' };

export function badge(state: MarkState): Html {
  const shape = raw(
    `<svg viewBox="-8 -8 16 16" aria-hidden="true"><path d="${SHAPES[state]}" fill="none" stroke="currentColor" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/></svg>`,
  );
  return html`<span class="badge s-${state}">${shape}${WORDS[state]}</span>`;
}
