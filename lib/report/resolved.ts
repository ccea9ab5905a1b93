import { CATALOGUE } from '../domain/finding.ts';
import type { Incident } from '../domain/incident.ts';
import type { JournalEntry } from '../domain/journal.ts';
import type { StepOutcome, Subject } from '../domain/plan.ts';
import { attributesOf } from './alert/attributes.ts';
import type { AlertMessage, Place } from './alert/input.ts';
import { pageOf, type Section } from './alert/page.ts';
import { oneLine, shorten, subjectLine } from './alert/safe-text.ts';
import { whatWasDone } from './alert/sections/changes.ts';
import { undoCommands } from './alert/sections/check-and-undo.ts';
import { aligned } from './alert/sections/what-happened.ts';
import { where } from './alert/sections/where.ts';
import { lasting, times, utc } from './alert/time.ts';
import { fileSystemIn, spoken, whoIs } from './alert/who.ts';
import { chatOf } from './chat.ts';

export interface ResolvedInput {
  readonly incident: Incident;
  readonly keeper: string;
  /** The changes that the journal holds for the incident, in any order. */
  readonly changes: readonly JournalEntry[];
  /** What proved it, in words: the client connection, or the task that kept running. */
  readonly proof: string;
  readonly self: Place;
  readonly nowMs: number;
}

/** The end of an incident: how long it lasted, how often it was seen, what was changed for it. */
export function resolvedAlert(input: ResolvedInput): AlertMessage {
  const { incident } = input;
  const done = input.changes.filter(({ state }) => state === 'done').toSorted((one, other) => one.atMs - other.atMs);
  const subject = subjectOf(input);
  const headline = headlineOf(input, done.length);
  const attributes = attributesOf({
    keeper: input.keeper,
    status: 'resolved',
    severity: incident.severity,
    outcome: done.length > 0 ? 'remediated' : 'detected',
    finding: incident.codes[0],
    family: incident.family,
    fileSystem: incident.fileSystemId,
  });
  const chat = chatOf({
    ...{ subject, headline, attributes, incident, self: input.self, about: thingOf(incident) },
    ...{ findings: [], nextSteps: [], commands: [], actions: done.map(({ action }) => action) },
  });
  return { subject, text: pageOf(headline, sectionsOf(input, done)), attributes, chat };
}

function endOf({ incident, nowMs }: ResolvedInput): number {
  return incident.resolvedAtMs ?? nowMs;
}

function subjectOf(input: ResolvedInput): string {
  const { thing, firstAtMs } = input.incident;
  const name = shorten(whoIs(thing).name, 40);
  return subjectLine(`Resolved: ${name} ${againOf(input.incident, 's')} after ${lasting(endOf(input) - firstAtMs)}`);
}

function headlineOf(input: ResolvedInput, changes: number): string {
  const { incident } = input;
  const who = spoken(whoIs(incident.thing));
  const work =
    changes === 0
      ? 'Mountkeeper changed nothing for it.'
      : `Mountkeeper made ${changes === 1 ? '1 change' : `${changes} changes`} for it.`;
  return `${who} ${againOf(incident, whoIs(incident.thing).noun === 'Tasks of family' ? '' : 's')}. ${work} Nothing is left to do.`;
}

/** What the one does now (`s`), or the several do. */
function againOf({ codes, fileSystemId }: Incident, ending: 's' | ''): string {
  if (codes.includes('task-start-slow')) return `start${ending} as fast as before`;
  return `mount${ending} ${fileSystemIn(fileSystemId)} again`;
}

function sectionsOf(input: ResolvedInput, done: readonly JournalEntry[]): readonly Section[] {
  const { incident, self, keeper } = input;
  const steps = done.map(stepOf);
  const titles = incident.codes.map((code) => `  - ${CATALOGUE[code].title}`);
  const about = {
    self,
    subject: thingOf(incident),
    actions: done.map(({ action }) => action),
    incident: incident.id,
    keeper,
  };
  return [
    { title: 'HOW LONG', lines: howLong(input), maxBytes: 1_000 },
    { title: 'WHAT IT WAS', lines: titles, maxBytes: 3_000 },
    { title: 'WHAT WAS DONE', lines: whatWasDone(steps, self.region), maxBytes: 5_000 },
    { title: 'UNDO', lines: undoCommands(steps, { keeper: input.keeper, region: self.region }), maxBytes: 3_000 },
    { title: 'WHERE', lines: where(about), maxBytes: 1_500 },
  ];
}

function howLong(input: ResolvedInput): readonly string[] {
  const { firstAtMs, count } = input.incident;
  const end = endOf(input);
  return aligned([
    ['From', utc(firstAtMs)],
    ['To', `${utc(end)} (${lasting(end - firstAtMs)})`],
    ['Seen', times(count)],
    ['Proof', oneLine(input.proof)],
  ]);
}

function stepOf({ action, because, changeId, made }: JournalEntry): StepOutcome {
  return { step: { action, because }, changeId, result: 'done', made: made ?? {} };
}

function thingOf({ thing, family, fileSystemId }: Incident): Subject {
  return {
    thing,
    ...(family === undefined ? {} : { family }),
    ...(fileSystemId === undefined ? {} : { fileSystemId }),
  };
}
