import type { Account } from './account.ts';
import { accessBreaks } from './breaks/access.ts';
import { accessPointBreaks } from './breaks/access-point.ts';
import type { Break, BreakTable } from './breaks/break.ts';
import { hostBreaks } from './breaks/host.ts';
import { networkBreaks } from './breaks/network.ts';
import { posixBreaks } from './breaks/posix.ts';
import type { Estate } from './estate/spec.ts';

/** Every way to break a healthy estate, one thing at a time. */
export const BREAKS = {
  ...networkBreaks,
  ...accessPointBreaks,
  ...accessBreaks,
  ...posixBreaks,
  ...hostBreaks,
} as const satisfies BreakTable;

export type BreakName = keyof typeof BREAKS;

export const BREAK_NAMES = Object.keys(BREAKS) as readonly BreakName[];

export function breakOf(name: BreakName): Break {
  return BREAKS[name];
}

/** Breaks it at once: what AWS would take time for is done already. Throws where the estate has nothing to break. */
export function breakIt(account: Account, estate: Estate, name: BreakName): void {
  breakOf(name).apply(account, estate);
}
