import type { MountFacts, VolumeFacts } from '../../diagnosis/mount-facts.ts';
import type { Repairs } from '../../diagnosis/repairs.ts';
import { CATALOGUE, type Finding, type FindingCode, severityOf } from '../../domain/finding.ts';
import type { WithheldStep } from '../../domain/plan.ts';
import { lineOf } from '../../plan/describe/description.ts';
import { describeAction } from '../../plan/describe.ts';
import { ownerCommands, reasonOf } from '../../report/alert/sections/changes.ts';
import { evidenceLines } from '../../report/alert/sections/why.ts';
import { commandsFor } from '../../report/doctor/commands.ts';
import type { CheckState, DoctorCheck, Fault } from '../../report/doctor/report.ts';
import { worstOf } from '../../report/doctor/report.ts';

/** What one volume was judged with. */
export interface Bench {
  readonly mount: MountFacts;
  readonly volume: VolumeFacts;
  readonly region: string;
  /** What Mountkeeper would do, its steps already held by the owners' keys. */
  readonly plan: Pick<Repairs, 'steps' | 'withheld'>;
}

export function checkOf(
  title: string,
  findings: readonly Finding[],
  toFault: (finding: Finding) => Fault,
): DoctorCheck {
  const faults = findings.map(toFault);
  return { title, state: worstOf(faults.map(({ state }) => (state === 'note' ? 'fine' : state))), faults };
}

const STATES = { 'must-fix': 'must-fix', 'should-fix': 'should-fix', info: 'note' } as const;

function stateOf(finding: Finding): Fault['state'] {
  return finding.code === 'not-checked' ? 'not-checked' : STATES[severityOf(finding)];
}

/** A finding in the report's words, without commands of its own. */
export function plainFault(finding: Finding, commands: readonly string[] = []): Fault {
  const { title, remedy } = CATALOGUE[finding.code];
  return {
    code: finding.code,
    state: stateOf(finding),
    title: finding.code === 'not-checked' ? `Not looked at: ${finding.subject}` : title,
    subject: finding.subject,
    evidence: evidenceLines(finding, finding.subject),
    remedy,
    commands,
    mountkeeper: [],
    ownerCommands: [],
  };
}

/** What no step of a repair says, but another keeper does. */
const OTHER_KEEPERS: Partial<Readonly<Record<FindingCode, string>>> = {
  'burst-credits-empty':
    'Its throughput keeper switches in time where the file system carries mountkeeper:throughput = auto.',
  'access-point-missing': 'Provisioning makes a new one: mountkeeper provision <family>.',
  'no-mount-target-in-zone': 'Makes no mount targets: each costs an address of a subnet, and somebody chose the zones.',
  'no-mount-target-in-vpc': 'Makes no mount targets: each costs an address of a subnet, and somebody chose the zones.',
};

export function faultOf(finding: Finding, bench: Bench): Fault {
  const asks = ({ because }: { readonly because: readonly FindingCode[] }) => because.includes(finding.code);
  const steps = bench.plan.steps.filter(asks);
  const withheld = bench.plan.withheld.filter(asks);
  const byHand = [...steps, ...withheld].map(({ action }) => describeAction(action, bench).byHand);
  const other = OTHER_KEEPERS[finding.code];
  return {
    ...plainFault(finding, byHand.length > 0 ? [...new Set(byHand)] : commandsFor(finding, bench)),
    mountkeeper: [
      ...steps.map(
        ({ action }) => `Makes this change by itself in mode repair: ${lineOf(describeAction(action, bench))}`,
      ),
      ...withheld.map((step) => wouldDo(step, bench)),
      ...(other === undefined ? [] : [other]),
    ],
    ownerCommands: ownerCommands(withheld, bench.region),
  };
}

function wouldDo(step: WithheldStep, bench: Bench): string {
  return `Would make this change, but does not: ${lineOf(describeAction(step.action, bench))}. ${reasonOf(step)}`;
}

export type { CheckState };
