import type { FailureKind } from '../failure-kinds.ts';
import { CAUSES } from './causes.ts';
import { lengthCutAtEnd } from './wording.ts';

// Fewer characters could be the beginning of anything; right after the name of the program they cannot.
const LEAST_CHARACTERS = 12;
const LEAST_AFTER_PROGRAM = 5;
const PROGRAMS = ['mount.nfs4:', 'mount.nfs:'];

const MOUNTING = CAUSES.filter(({ speaker }) => speaker === 'own' || speaker === 'nfs');

export interface BrokenOff {
  /** All kinds whose words begin like the longest beginning found at the end of the text. */
  readonly kinds: ReadonlySet<FailureKind>;
  readonly length: number;
}

/** Which causes the end of a text is the beginning of. */
export function brokenOff(squashed: string): BrokenOff {
  const least = leastLength(squashed);
  let kinds = new Set<FailureKind>();
  let length = 0;
  for (const { kind, pattern } of MOUNTING) {
    for (const wording of pattern) {
      const cut = lengthCutAtEnd(squashed, wording, Math.max(least, length));
      if (cut > length) kinds = new Set();
      length = Math.max(length, cut);
      if (cut > 0) kinds.add(kind);
    }
  }
  return { kinds, length };
}

function leastLength(squashed: string): number {
  const last = Math.max(...PROGRAMS.map((program) => lastEnd(squashed, program)));
  const rest = squashed.length - last;
  return last >= 0 && rest >= LEAST_AFTER_PROGRAM ? Math.min(rest, LEAST_CHARACTERS) : LEAST_CHARACTERS;
}

function lastEnd(squashed: string, program: string): number {
  const index = squashed.lastIndexOf(program);
  return index < 0 ? Number.NEGATIVE_INFINITY : index + program.length;
}
