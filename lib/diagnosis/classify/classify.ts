import type { FailureKind } from '../failure-kinds.ts';
import { brokenOff } from './broken-off.ts';
import { anyOf, type CauseRule } from './cause-rule.ts';
import { CAUSES } from './causes.ts';
import { type Evidence, evidenceOf } from './evidence.ts';
import { believes, hasEfs, ruledOut } from './gate.ts';
import { hintsIn } from './hints.ts';
import type { Folded } from './normalize.ts';
import { quote } from './quote.ts';
import type { Attempt } from './strip-noise.ts';
import type { Certainty, Classification, Reason } from './types.ts';
import { findLast, type Span, says } from './wording.ts';

export type { Certainty, Classification, Hints, Reason, ReasonField, VolumeType } from './types.ts';

/**
 * Reads why a task stopped out of other people's words. A kind other than `not-efs` says what to look at; it proves
 * nothing, since reasons can be forged. The time needed grows with the length of the text up to 12,288 characters.
 */
export function classify(reason: Reason): Classification {
  const first = classifyText(reason);
  if (first.kind !== 'not-efs' && first.kind !== 'mount-unknown') return first;
  const { containerReasons = [], ...rest } = reason;
  const told = containerReasons.map((text) => classifyText({ ...rest, text, field: 'containerReason' }));
  const better = told.find(({ kind }) => kind !== 'not-efs' && kind !== 'mount-unknown');
  return better ?? (first.kind === 'mount-unknown' ? first : (told.find(({ kind }) => kind !== 'not-efs') ?? first));
}

/**
 * Before the task definition is read: whether the text can be about EFS in a task that has an EFS volume. Wider than
 * `classify` without volumes, which says `not-efs` to words that the agent and other software use for any volume.
 */
export function couldBeEfs(reason: Reason): boolean {
  // Of all that stops a task this is the most frequent; it need not be read to its end.
  if ([reason.text, ...(reason.containerReasons ?? [])].every((text) => OF_AN_IMAGE.test(text))) return false;
  return classify({ ...reason, volumes: reason.volumes ?? ['efs'] }).kind !== 'not-efs';
}

/** Amazon ECS developer guide, "Stopped task error messages": the types of error that are about pulling an image. */
const OF_AN_IMAGE = /^CannotPull[A-Za-z]{0,40}Error\b/;

interface Verdict {
  readonly kind: FailureKind;
  readonly certainty: Certainty;
  readonly from: Folded;
  readonly span: Span;
}

function classifyText(reason: Reason): Classification {
  const evidence = evidenceOf(reason);
  const hints = hintsIn(evidence.folded.readable);
  const out = ruledOut(evidence);
  const verdict = out === undefined ? read(evidence) : undefined;
  if (verdict === undefined) {
    const certainty = out ?? (evidence.otherStage ? 'text' : 'guess');
    return { kind: 'not-efs', certainty, cause: quote(evidence.folded, { start: 0, end: 1 }), hints };
  }
  return { kind: verdict.kind, certainty: verdict.certainty, cause: quote(verdict.from, verdict.span), hints };
}

/** The readings, strongest first. */
function read(evidence: Evidence): Verdict | undefined {
  const { main, attempts } = evidence.stripped;
  const causes = believedCauses(main, evidence);
  return (
    causeBrokenOff(main, evidence, causes[0]) ??
    causes[0] ??
    attemptsAlone(attempts, evidence) ??
    fallbackAlone(evidence) ??
    unknownMount(evidence)
  );
}

/** All causes that the gate believes, the last one in the text first. */
function believedCauses(folded: Folded, evidence: Evidence): Verdict[] {
  return CAUSES.flatMap((rule) => {
    const span = lastOf(rule, folded.squashed);
    const believed = span === undefined ? undefined : believes(rule, evidence);
    const certainty = believed && rule.guess && !hasTimedOut(evidence) ? 'guess' : believed;
    return span && certainty ? [{ kind: rule.kind, certainty, from: folded, span }] : [];
  }).toSorted((a, b) => b.span.end - a.span.end);
}

/** A retry line of the mount helper says that an attempt before got no answer. */
function hasTimedOut({ stripped: { attempts } }: Evidence): boolean {
  return attempts.some(({ folded }) => says(folded.squashed, TIMED_OUT));
}

const TIMED_OUT = anyOf('failed due to timeout');

function lastOf(rule: CauseRule, squashed: string): Span | undefined {
  let latest: Span | undefined;
  for (const wording of rule.pattern) {
    const span = findLast(squashed, wording);
    if (span !== undefined && span.end > (latest?.end ?? -1)) latest = span;
  }
  return latest;
}

/** A text cut at its limit may end inside the words of its cause; they count if they can be no other kind's. */
function causeBrokenOff(main: Folded, evidence: Evidence, found: Verdict | undefined): Verdict | undefined {
  if (!evidence.wrapper && found === undefined) return undefined;
  const { kinds, length } = brokenOff(main.squashed);
  const [kind, ...others] = kinds;
  const end = main.squashed.length;
  if (kind === undefined || others.length > 0 || end <= (found?.span.end ?? 0)) return undefined;
  return { kind, certainty: 'guess', from: main, span: { start: end - length, end } };
}

/** Only the retry lines are left: what the last one says is the best there is. */
function attemptsAlone(attempts: readonly Attempt[], evidence: Evidence): Verdict | undefined {
  const last = attempts.at(-1);
  // A message of the NFS client after the retries is the end of the mount, also when no row knows it.
  if (last === undefined || evidence.stripped.main.squashed.includes('mount.nfs')) return undefined;
  const quoted = believedCauses(last.folded, evidence)[0];
  if (quoted !== undefined) return quoted;
  const span = { start: 0, end: last.folded.squashed.length };
  // One whole line and then nothing: the helper went on, and how that ended is not told.
  const goesOn = attempts.length === 1 && last.complete && !evidence.stripped.ended;
  return { kind: goesOn ? 'mount-unknown' : 'network-timeout', certainty: 'guess', from: last.folded, span };
}

/** Advice that the helper gives only where DNS had no address. */
function fallbackAlone(evidence: Evidence): Verdict | undefined {
  const { fallbackTried, adviceAt } = evidence.stripped;
  if (!fallbackTried || evidence.reason.field === 'appLog') return undefined;
  const span = { start: adviceAt, end: adviceAt + 1 };
  return { kind: 'dns-resolution', certainty: 'guess', from: evidence.folded, span };
}

function unknownMount(evidence: Evidence): Verdict | undefined {
  const { reason, folded, message } = evidence;
  const span = { start: 0, end: folded.squashed.length };
  const unknown = { kind: 'mount-unknown', from: folded, span } as const;
  const failed = /fail|error|unable|couldnot|cannot|unsuccessful|stderr|exitstatus/.test(folded.squashed);
  const named = evidence.wrapper || (evidence.fileSystem && folded.squashed.includes('mount'));
  if (named && failed) return { ...unknown, certainty: 'guess' };
  if (!hasEfs(reason)) return undefined;
  const bare = /^.{0,40}exitstatus\d{1,3}$/.test(folded.squashed) && reason.stopCode === 'TaskFailedToStart';
  const plain = message.program.startsWith('nfs') && message.server !== 'other';
  return bare || plain ? { ...unknown, certainty: 'context' } : undefined;
}
