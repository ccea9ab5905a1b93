import { type Finding, type Severity, severityOf } from '../domain/finding.ts';
import { canonical } from './canonical.ts';
import type { MountFacts, VolumeFacts } from './mount-facts.ts';
import { finding, notChecked, type Rule } from './rule.ts';
import { judgeTold } from './rules/told.ts';
import { RULES } from './rules.ts';

/** What one rule says about one volume. `warn`: nothing that must be fixed. */
export interface Check {
  readonly title: string;
  readonly volume: string;
  readonly state: 'pass' | 'warn' | 'fail' | 'not-checked';
  readonly findings: readonly Finding[];
  /** Of the findings, those that can be behind the failure. */
  readonly explaining: readonly Finding[];
}

export interface Diagnosis {
  /** Those that explain the failure first, then by severity. */
  readonly findings: readonly Finding[];
  /** True too where nothing failed. */
  readonly explained: boolean;
  readonly checked: readonly string[];
  readonly notChecked: readonly { readonly what: string; readonly why: string }[];
  readonly checks: readonly Check[];
}

/** Judges every volume by every rule; where something failed and nothing explains it, says so and what was looked at. */
export function diagnose(facts: MountFacts): Diagnosis {
  const checks = facts.volumes.flatMap((volume) => RULES.map((rule) => check(rule, facts, volume)));
  const failed = facts.told !== undefined && facts.told.kind !== 'not-efs';
  const fromFacts = distinct(checks.flatMap(({ explaining }) => explaining));
  const fromReason =
    failed && fromFacts.length === 0 ? facts.volumes.flatMap((volume) => judgeTold(facts, volume)) : [];
  const explaining = [...bySeverity(fromFacts), ...fromReason];
  const explained = !failed || explaining.length > 0;
  const anyCause = explained ? undefined : withoutGuess(facts);
  if (anyCause) return diagnose(anyCause);
  const summary = summaryOf(checks);
  const unexplained = explained ? [] : [causeNotFound(facts, summary)];
  const all = bySeverity(checks.flatMap(({ findings }) => findings));
  return { findings: distinct([...explaining, ...unexplained, ...all]), explained, ...summary, checks };
}

/** A kind that was a guess, and that nothing bears out, leaves a failure whose cause is not told. */
function withoutGuess({ told, ...facts }: MountFacts): MountFacts | undefined {
  if (told?.certainty !== 'guess' || told.kind === 'mount-unknown') return undefined;
  return { ...facts, told: { ...told, kind: 'mount-unknown' } };
}

function check(rule: Rule, facts: MountFacts, volume: VolumeFacts): Check {
  const findings = rule.needsLaunch ? judgeLaunched(rule, facts, volume) : rule.judge(facts, volume);
  const explaining = findings.filter((one) => explains(rule, facts, one));
  return { title: rule.title, volume: volume.name, state: stateOf(findings), findings, explaining };
}

function judgeLaunched(rule: Rule, facts: MountFacts, volume: VolumeFacts): readonly Finding[] {
  const why = UNJUDGED[facts.launch.type];
  return why === undefined ? rule.judge(facts, volume) : [notChecked(rule.title, why)];
}

const UNJUDGED: Readonly<Record<MountFacts['launch']['type'], string | undefined>> = {
  FARGATE: undefined,
  EC2: undefined,
  MANAGED_INSTANCES: undefined,
  EXTERNAL: 'external instances have no network that AWS could show',
  OTHER: 'the launch type is not known, so neither is whose network interface mounts',
};

/** `mount-unknown` says only that it failed, so everything that must be fixed can be behind it. */
function explains({ explains: kinds }: Rule, { told }: MountFacts, one: Finding): boolean {
  if (!told || severityOf(one) === 'info' || one.evidence['elsewhere'] !== undefined) return false;
  return told.kind === 'mount-unknown' ? severityOf(one) === 'must-fix' : kinds.includes(told.kind);
}

function stateOf(findings: readonly Finding[]): Check['state'] {
  if (findings.some((one) => severityOf(one) === 'must-fix')) return 'fail';
  if (findings.some(({ code }) => code === 'not-checked')) return 'not-checked';
  return findings.length > 0 ? 'warn' : 'pass';
}

type Summary = Pick<Diagnosis, 'checked' | 'notChecked'>;

function summaryOf(checks: readonly Check[]): Summary {
  const unseen = distinct(checks.flatMap(({ findings }) => findings.filter(({ code }) => code === 'not-checked')));
  return {
    checked: [...new Set(checks.filter(({ state }) => state !== 'not-checked').map(({ title }) => title))],
    notChecked: unseen.map(({ evidence }) => ({ what: evidence['what'] ?? '', why: evidence['why'] ?? '' })),
  };
}

function causeNotFound({ told, taskDefinition }: MountFacts, { checked, notChecked: unseen }: Summary): Finding {
  return finding('cause-not-found', taskDefinition.arn, {
    stopReason: told?.cause ?? '',
    checked: checked.join('; '),
    notChecked: unseen.map(({ what, why }) => `${what}: ${why}`).join('; ') || 'nothing',
  });
}

const ORDER: Readonly<Record<Severity, number>> = { 'must-fix': 0, 'should-fix': 1, info: 2 };

function bySeverity(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((one, other) => ORDER[severityOf(one)] - ORDER[severityOf(other)]);
}

/** Several volumes of one file system bring the same finding once each. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((one) => [canonical(one), one])).values()];
}
