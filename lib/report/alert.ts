import { attributesOf } from './alert/attributes.ts';
import { headlineOf, subjectOf } from './alert/headline.ts';
import type { AlertInput, AlertMessage } from './alert/input.ts';
import { pageOf, type Section } from './alert/page.ts';
import { whatWasDone, whatWasWithheld, whatWouldBeDone } from './alert/sections/changes.ts';
import { checkCommands, undoCommands } from './alert/sections/check-and-undo.ts';
import { nextSteps } from './alert/sections/next-steps.ts';
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
  return {
    subject,
    text: pageOf(headline, sectionsOf(input, verdict)),
    attributes: attributesFor(input, verdict),
    chat: chatOf({ ...chatWords(input, verdict), subject, headline }),
  };
}

/** The shares add up to less than the cap of the whole. */
function sectionsOf(input: AlertInput, verdict: Verdict): readonly Section[] {
  const { outcome, incident, self } = input;
  const { decision, steps } = outcome;
  const { withheld } = verdict;
  const actions = [...steps.map(({ step }) => step.action), ...withheld.map(({ action }) => action)];
  return [
    { title: 'WHAT HAPPENED', lines: whatHappened(decision.subject, incident), maxBytes: 800 },
    { title: 'WHY', lines: why(decision.findings, steps), maxBytes: 3_600 },
    { title: 'WHAT WAS DONE', lines: whatWasDone(steps), maxBytes: 1_900 },
    { title: 'WHAT WOULD BE DONE', lines: whatWouldBeDone(withheld, self.region), maxBytes: 2_800 },
    { title: 'WHAT WAS NOT DONE, AND WHY', lines: whatWasWithheld(withheld, self.region), maxBytes: 2_800 },
    { title: 'WHAT TO DO NEXT', lines: nextSteps(input, verdict), maxBytes: 1_300 },
    { title: 'CHECK', lines: checkCommands(steps, self.region), maxBytes: 900 },
    { title: 'UNDO', lines: undoCommands(steps, self.region), maxBytes: 700 },
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

function chatWords(input: AlertInput, verdict: Verdict) {
  const { outcome, incident, self } = input;
  const { subject, findings } = outcome.decision;
  const actions = [...outcome.steps.map(({ step }) => step.action), ...verdict.withheld.map(({ action }) => action)];
  return {
    incident,
    self,
    subjectOf: subject,
    findings: verdict.causes.length > 0 ? verdict.causes : findings,
    actions,
    nextSteps: nextSteps(input, verdict),
    eventType: verdict.word,
    status: input.status,
    severity: verdict.severity,
    keeper: input.keeper,
  };
}
