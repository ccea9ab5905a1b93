import { CATALOGUE, type FindingCode } from '../../domain/finding.ts';
import { describeAction } from '../../plan/describe.ts';
import type { AlertInput } from './input.ts';
import { shorten, subjectLine } from './safe-text.ts';
import { standingOf } from './standing.ts';
import { times, utc } from './time.ts';
import { isPartial, isWaiting, type OutcomeWord, type Verdict } from './verdict.ts';
import { fileSystemIn, spoken, whoIs } from './who.ts';

const SUBJECT_WORDS: Readonly<Record<OutcomeWord, string>> = {
  detected: 'Action needed',
  'dry-run': 'Would repair',
  remediated: 'Repaired',
  withheld: 'Action needed',
  failed: 'Repair failed',
  reverted: 'Reverted',
};

/** Keepers whose success is no repair. */
const OWN_WORDS: Readonly<Record<string, string>> = { provision: 'Set up', throughput: 'Switched' };

/** What a phone shows: how it stands, who, what. */
export function subjectOf(input: AlertInput, verdict: Verdict): string {
  const who = shorten(whoIs(input.outcome.decision.subject.thing).name, 40);
  const count = input.incident.count > 1 ? ` (${times(input.incident.count)})` : '';
  const what = topicOf(input, verdict);
  return subjectLine(`${subjectWord(input.keeper, verdict)}: ${who}${count}${what === '' ? '' : ` - ${what}`}`);
}

function subjectWord(keeper: string, verdict: Verdict): string {
  if (isPartial(verdict)) return 'Partly repaired';
  if (verdict.word === 'detected' && verdict.severity !== 'must-fix') return 'Notice';
  if (isWaiting(verdict)) return 'Repair waits';
  if (keeper === 'provision' && verdict.word === 'dry-run') return 'Would set up';
  if (verdict.word !== 'remediated') return SUBJECT_WORDS[verdict.word];
  return OWN_WORDS[keeper] ?? SUBJECT_WORDS.remediated;
}

/** The cause that stands, else the cause that stood, else what was changed. */
function topicOf(input: AlertInput, verdict: Verdict): string {
  const { decision } = input.outcome;
  if (isSetUp(input, verdict)) return `EFS volume on ${fileSystemIn(decision.subject.fileSystemId)}`;
  const cause = verdict.open[0] ?? verdict.causes[0];
  if (cause !== undefined) return CATALOGUE[cause.code].title;
  const [first] = verdict.done;
  if (first !== undefined) return changeOf(first.step.action);
  const [finding] = decision.findings;
  return finding === undefined ? '' : CATALOGUE[finding.code].title;
}

function changeOf(action: Parameters<typeof describeAction>[0]): string {
  const { part, change } = describeAction(action);
  return `${part} ${change}`;
}

/** What was missing is what setting up makes, or would make: no trouble to be told. */
function isSetUp({ keeper }: AlertInput, { word, open, withheld }: Verdict): boolean {
  if (keeper !== 'provision') return false;
  const planned = withheld.flatMap(({ because }) => because);
  return word === 'remediated' || (word === 'dry-run' && open.every(({ code }) => planned.includes(code)));
}

/** The first lines: what is broken, why, and whether somebody has to get up. */
export function headlineOf(input: AlertInput, verdict: Verdict): string {
  const trouble = troubleOf(input, verdict);
  const standing = standingOf(input, verdict);
  const { subject } = input.outcome.decision;
  if (trouble === '') return `${spoken(whoIs(subject.thing))}: ${standing}`;
  return [trouble, ...(isSetUp(input, verdict) ? [] : causeLines(verdict)), standing].join('\n');
}

function causeLines({ open, causes }: Verdict): readonly string[] {
  const cause = open[0] ?? causes[0];
  if (cause === undefined || cause.code === 'cause-not-found') return [];
  const more = causes.length > 1 ? `, and ${causes.length - 1} more` : '';
  return [`Cause: ${CATALOGUE[cause.code].title}${more}.`];
}

interface Trouble {
  /** While it stands. */
  readonly now: (who: string, fileSystem: string) => string;
  /** When it is cured. */
  readonly after: (who: string, fileSystem: string) => string;
}

/** The volume is mounted; what fails is the use of it. */
const IN_USE: readonly FindingCode[] = [
  'application-permission-denied',
  'posix-mismatch',
  'root-squashed',
  'write-not-allowed',
];

const NEXT_START: Trouble = {
  now: (who, fileSystem) => `${who} will fail to mount ${fileSystem} at its next task start`,
  after: (who, fileSystem) => `${who} would have failed to mount ${fileSystem} at its next task start`,
};

const TROUBLES: Readonly<Record<string, Trouble>> = {
  remediate: {
    now: (who, fileSystem) => `${who} cannot mount ${fileSystem}`,
    after: (who, fileSystem) => `${who} could not mount ${fileSystem}`,
  },
  drift: NEXT_START,
  sweep: NEXT_START,
  provision: {
    now: (who, fileSystem) => `${who} ${isSeveral(who) ? 'have' : 'has'} no working volume on ${fileSystem} yet`,
    after: (who, fileSystem) => `${who} ${isSeveral(who) ? 'have their' : 'has its'} volume on ${fileSystem}`,
  },
};

function isSeveral(who: string): boolean {
  return who.startsWith('Tasks ');
}

function troubleOf({ keeper, outcome, incident }: AlertInput, verdict: Verdict): string {
  const { subject, findings } = outcome.decision;
  const who = spoken(whoIs(subject.thing));
  const trouble = TROUBLES[keeper];
  const often = incident.count > 1 ? `, ${times(incident.count)} since ${utc(incident.firstAtMs)}` : '';
  if (trouble !== undefined && (verdict.causes.length > 0 || keeper === 'provision')) {
    const sentence = (verdict.word === 'remediated' ? trouble.after : trouble.now)(
      who,
      fileSystemIn(subject.fileSystemId),
    );
    const isMounted = verdict.causes[0] !== undefined && IN_USE.includes(verdict.causes[0].code);
    return `${isMounted ? sentence.replace(' mount ', ' use ') : sentence}${often}.`;
  }
  const [first] = findings;
  if (first === undefined) return '';
  const { title } = CATALOGUE[first.code];
  // "Tasks of family shop: Tasks take ..." says it twice.
  const said = isSeveral(who) && title.startsWith('Tasks ') ? title.slice('Tasks'.length) : `: ${title}`;
  return `${who}${often}${said}.`;
}
