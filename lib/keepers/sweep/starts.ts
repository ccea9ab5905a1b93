import type { Finding } from '../../domain/finding.ts';
import type { Incident } from '../../domain/incident.ts';
import { type Decision, EMPTY_PLAN } from '../../domain/plan.ts';
import type { Figure } from '../../keeper.ts';
import { startsOf } from '../../plan/proves.ts';
import type { Closing } from '../close-incident.ts';

/** One task from created to started. */
export interface Start {
  readonly createdAtMs: number;
  readonly ms: number;
  /** Without the pull of its images, which no file system slows. */
  readonly ownMs: number;
  /** Its revision mounts through an access point. */
  readonly wired: boolean;
}

/** What is remembered of a family: the newest starts, without image pulls, before its volume was wired and since. */
export interface StartMemory {
  readonly untilMs: number;
  readonly before: readonly number[];
  readonly wired: readonly number[];
}

export interface FamilyStarts {
  readonly family: string;
  readonly fileSystemId?: string;
  readonly known?: StartMemory;
  /** Not measured before, oldest first. */
  readonly starts: readonly Start[];
}

const KEPT = 20;
/** A single slow start is chance: a full zone, a cold cache. */
const IN_A_ROW = 2;
/** Much slower: so many times as long, and so much longer. */
const TIMES = 2;
const LONGER_MS = 30_000;

export function figuresOf(families: readonly FamilyStarts[]): readonly Figure[] {
  return families.flatMap(({ starts }) =>
    starts.map(({ wired, ms }) => ({ name: wired ? 'TaskStartWired' : 'TaskStartBefore', value: ms }) as const),
  );
}

/** One decision a family whose last tasks took much longer to start than the ones before, or than before the wiring. */
export function slowStarts(families: readonly FamilyStarts[]): readonly Decision[] {
  return families.flatMap((one) => {
    const judged = judge(one);
    if (!judged?.slow) return [];
    const { family, fileSystemId } = one;
    return [
      {
        subject: { family, thing: startsOf(family), ...(fileSystemId === undefined ? {} : { fileSystemId }) },
        findings: [findingOf(one, judged)],
        plan: EMPTY_PLAN,
        keyring: {},
      },
    ];
  });
}

/** Ends what was told of slow starts when the last ones are as quick as they were. */
export function startClosings(
  families: readonly FamilyStarts[],
  open: readonly { readonly incident: Incident }[],
): readonly Closing[] {
  return families.flatMap((one) => {
    const judged = judge(one);
    const mine = open.find(({ incident }) => incident.thing === startsOf(one.family));
    if (!mine || !judged || judged.slow) return [];
    return [{ incident: mine.incident, proof: `The last tasks started in ${spoken(judged.last)}, as before.` }];
  });
}

export function memoryOf({ known, starts }: FamilyStarts): StartMemory {
  const { before, wired } = sorted({ known, starts });
  return {
    untilMs: Math.max(known?.untilMs ?? 0, ...starts.map(({ createdAtMs }) => createdAtMs)),
    before: before.slice(-KEPT),
    wired: wired.slice(-KEPT),
  };
}

interface Judged {
  readonly slow: boolean;
  readonly last: readonly number[];
  readonly usual: readonly number[];
  readonly isSinceWiring: boolean;
}

/** Nothing where no task of a wired revision is new, or too few are known to compare. */
function judge(one: FamilyStarts): Judged | undefined {
  if (!one.starts.some(({ wired }) => wired)) return undefined;
  const { before, wired } = sorted(one);
  const last = wired.slice(-IN_A_ROW);
  const earlier = wired.slice(0, -IN_A_ROW);
  const isSinceWiring = earlier.length >= IN_A_ROW;
  const usual = isSinceWiring ? earlier : before;
  if (last.length < IN_A_ROW || usual.length < IN_A_ROW) return undefined;
  const [quickest, usualMs] = [Math.min(...last), median(usual)];
  return { slow: quickest >= TIMES * usualMs && quickest - usualMs >= LONGER_MS, last, usual, isSinceWiring };
}

function sorted({ known, starts }: Pick<FamilyStarts, 'starts'> & { readonly known?: StartMemory | undefined }) {
  const fresh = (wanted: boolean) => starts.filter(({ wired }) => wired === wanted).map(({ ownMs }) => ownMs);
  return { before: [...(known?.before ?? []), ...fresh(false)], wired: [...(known?.wired ?? []), ...fresh(true)] };
}

function findingOf({ family }: FamilyStarts, { last, usual, isSinceWiring }: Judged): Finding {
  const compared = isSinceWiring ? 'earlier tasks of this family' : 'tasks from before the volume was wired';
  return {
    code: 'task-start-slow',
    subject: startsOf(family),
    evidence: {
      'last tasks': `${spoken(last)} from created to started, image pulls left out`,
      before: `${seconds(median(usual))} (${compared}, median of ${usual.length})`,
    },
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

function spoken(values: readonly number[]): string {
  return values.map(seconds).join(' and ');
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`;
}
