import type { Action } from '../domain/action.ts';
import { attributesOf } from './alert/attributes.ts';
import { headlineOf, subjectOf } from './alert/headline.ts';
import type { AlertInput, AlertMessage } from './alert/input.ts';
import { pageOf, type Section } from './alert/page.ts';
import { ownerCommands, whatWasDone, whatWasWithheld, whatWouldBeDone } from './alert/sections/changes.ts';
import { checkCommands, revertCommands, undoCommands } from './alert/sections/check-and-undo.ts';
import { nextSentences, nextSteps } from './alert/sections/next-steps.ts';
import { notChecked } from './alert/sections/not-checked.ts';
import { whatHappened } from './alert/sections/what-happened.ts';
import { where } from './alert/sections/where.ts';
import { why } from './alert/sections/why.ts';
import { type Verdict, verdictOf } from './alert/verdict.ts';
import { chatOf } from './chat.ts';

/** One alert of one decision: mail, attributes and chat say the same. */
export function alert(input: AlertInput): AlertMessage {
  const verdict = verdictOf(input.keeper, input.outcome);
  const subject = subjectOf(input, verdict);
  const headline = headlineOf(input, verdict);
  const attributes = attributesFor(input, verdict);
  const text = pageOf(headline, sectionsOf(input, verdict));
  return { subject, text, attributes, chat: chatOf({ ...chatInput(input, verdict), subject, headline, attributes }) };
}

/** The shares add up to less than the cap of the whole. */
function sectionsOf(input: AlertInput, verdict: Verdict): readonly Section[] {
  const { outcome, incident, self } = input;
  const { decision, steps } = outcome;
  const { withheld } = verdict;
  const tried = verdict.word === 'failed';
  const actions = actionsOf(outcome, verdict);
  return [
    { title: 'WHAT HAPPENED', lines: whatHappened(decision.subject, incident), maxBytes: 600 },
    { title: 'WHY', lines: why(outcome), maxBytes: 3_000 },
    { title: tried ? 'WHAT WAS TRIED' : 'WHAT WAS DONE', lines: whatWasDone(steps, self.region), maxBytes: 2_200 },
    { title: 'WHAT WOULD BE DONE', lines: whatWouldBeDone(withheld, self.region), maxBytes: 2_400 },
    { title: 'WHAT WAS NOT DONE, AND WHY', lines: whatWasWithheld(verdict, self.region), maxBytes: 2_600 },
    { title: 'WHAT TO DO NEXT', lines: nextSteps(input, verdict), maxBytes: 2_600 },
    { title: 'CHECK', lines: checkCommands(outcome, self.region), maxBytes: 800 },
    { title: 'UNDO', lines: undoCommands(steps, { keeper: input.keeper, region: self.region }), maxBytes: 700 },
    { title: 'NOT CHECKED', lines: notChecked(decision.findings), maxBytes: 500 },
    {
      title: 'WHERE',
      lines: where({
        self,
        subject: decision.subject,
        actions,
        incident: incident.id,
        keeper: input.keeper,
        mode: input.mode,
      }),
      maxBytes: 600,
    },
  ];
}

function attributesFor({ keeper, status, outcome }: AlertInput, verdict: Verdict) {
  const { findings, subject } = outcome.decision;
  return attributesOf({
    keeper,
    status,
    severity: verdict.severity,
    outcome: verdict.word,
    finding: (verdict.causes[0] ?? findings[0])?.code,
    family: subject.family,
    fileSystem: subject.fileSystemId,
  });
}

function chatInput(input: AlertInput, verdict: Verdict) {
  const { outcome, incident, self, keeper } = input;
  const { subject, findings } = outcome.decision;
  const { region } = self;
  return {
    incident,
    self,
    about: subject,
    findings: verdict.causes.length > 0 ? verdict.causes : findings,
    actions: actionsOf(outcome, verdict),
    nextSteps: nextSentences(input, verdict),
    commands: [
      ...ownerCommands(verdict.withheld, region).map((command) => ['The owner runs', command] as const),
      ...revertCommands(outcome.steps, { keeper, region }).map((command) => ['Undo', command] as const),
    ],
  };
}

function actionsOf({ steps }: AlertInput['outcome'], { withheld }: Verdict): readonly Action[] {
  return [...steps.map(({ step }) => step.action), ...withheld.map(({ action }) => action)];
}
