import { notChecked } from '../../diagnosis/rule.ts';
import type { Fact } from '../../domain/fact.ts';
import type { Finding, FindingCode } from '../../domain/finding.ts';
import type { Trail } from '../../domain/installation.ts';
import { aws } from '../../plan/describe/shell.ts';
import type { DoctorCheck } from '../../report/doctor/report.ts';
import { VERSION } from '../../version.ts';
import type { Self } from '../../world.ts';
import { checkOf, plainFault } from './faults.ts';
import type { InstallationFacts } from './gather-installation.ts';
import { judgeRights } from './rights-check.ts';
import { QUEUES } from './rules-of-the-stack.ts';

interface Judged {
  readonly title: string;
  readonly findings: readonly Finding[];
  readonly command?: readonly string[];
  /** Where each finding has a command of its own. */
  readonly commandOf?: (finding: Finding) => readonly string[];
}

/** Mountkeeper itself: whether it hears, whether it may act, and whether somebody hears it. */
export function installationChecks(facts: InstallationFacts, self: Self): readonly DoctorCheck[] {
  return judgedOf(facts, self).map(({ title, findings, command, commandOf }) =>
    checkOf(title, findings, (finding) => {
      const words = finding.code === 'not-checked' ? undefined : (commandOf?.(finding) ?? command);
      return plainFault(finding, words === undefined ? [] : [aws(words, { region: self.region })]);
    }),
  );
}

function judgedOf(facts: InstallationFacts, self: Self): readonly Judged[] {
  const installed = { title: 'installation', findings: installation(facts, self) };
  if (facts.installed.state === 'absent') return [installed];
  return [
    installed,
    mode(facts),
    alerts(facts),
    rules(facts),
    rights(facts),
    trail(facts),
    ...queues(facts, self),
    ledger(facts),
  ];
}

function installation({ installed, version }: InstallationFacts, { accountId, region }: Self): readonly Finding[] {
  if (installed.state === 'unknown') return [notChecked('installation', installed.why)];
  if (installed.state === 'absent') return [found('not-installed', accountId, { account: accountId, Region: region })];
  if (version.state !== 'present' || version.value === VERSION) return [];
  return [found('version-differs', installed.value, { stack: version.value, here: VERSION })];
}

function mode({ mode: fact, modeParameter }: InstallationFacts): Judged {
  const title = 'mode';
  const command = ['ssm', 'put-parameter', '--name', modeParameter, '--value', 'repair', '--overwrite'];
  if (fact.state === 'unknown') return { title, findings: [notChecked(title, fact.why)] };
  const value = fact.state === 'present' ? fact.value : undefined;
  const code = MODES[value ?? ''] ?? 'mode-unreadable';
  if (code === 'fine') return { title, findings: [] };
  return { title, findings: [found(code, modeParameter, { holds: value ?? 'nothing: it does not exist' })], command };
}

const MODES: Readonly<Record<string, FindingCode | 'fine'>> = {
  repair: 'fine',
  observe: 'mode-observe',
  off: 'mode-off',
};

function alerts({ subscriptions, topicArn }: InstallationFacts): Judged {
  const title = 'who hears the alerts';
  const subscribe = ['sns', 'subscribe', '--topic-arn', topicArn, '--protocol', 'email'];
  const command = [...subscribe, '--notification-endpoint', '<address>'];
  if (subscriptions.state === 'unknown') return { title, findings: [notChecked(title, subscriptions.why)] };
  if (subscriptions.state === 'absent')
    return { title, findings: [found('nobody-hears-alerts', topicArn, { topic: 'it does not exist' })], command };
  const pending = subscriptions.value.filter(({ confirmed }) => !confirmed);
  const evidence = { subscriptions: String(subscriptions.value.length), pending: String(pending.length) };
  if (pending.length === subscriptions.value.length)
    return { title, findings: [found('nobody-hears-alerts', topicArn, evidence)], command };
  const list = ['sns', 'list-subscriptions-by-topic', '--topic-arn', topicArn];
  if (pending.length === 0) return { title, findings: [] };
  return { title, findings: [found('subscription-pending', topicArn, evidence)], command: list };
}

function rules({ rules: all }: InstallationFacts): Judged {
  const title = 'rules that call it';
  const findings = all.flatMap(({ name, rule }) => {
    if (rule.state === 'unknown') return [notChecked(`rule ${name}`, rule.why)];
    if (rule.state === 'present' && rule.value.enabled) return [];
    return [found('rule-off', name, { state: rule.state === 'absent' ? 'it does not exist' : 'disabled' })];
  });
  return { title, findings, commandOf: ({ subject }) => ['events', 'enable-rule', '--name', subject] };
}

function rights(facts: InstallationFacts): Judged {
  const commandOf = ({ subject }: Finding) => ['iam', 'list-role-policies', '--role-name', subject];
  return { title: 'rights of its functions', findings: judgeRights(facts), commandOf };
}

function trail({ trails }: InstallationFacts): Judged {
  const title = 'trail of management events';
  if (trails.state === 'unknown') return { title, findings: [notChecked(title, trails.why)] };
  const known = trails.state === 'present' ? trails.value : [];
  const logs = (...kinds: readonly Trail['management'][]) =>
    known.some(({ logging, management }) => logging && kinds.includes(management));
  const evidence = {
    trails: known.map(({ name, logging }) => `${name}${logging ? '' : ' (stopped)'}`).join(' ') || 'none',
  };
  const create = ['cloudtrail', 'create-trail', '--name', 'management', '--s3-bucket-name', '<bucket for trails>'];
  const command = [...create, '--is-multi-region-trail'];
  if (!logs('all', 'write')) return { title, findings: [found('no-trail', 'CloudTrail', evidence)], command };
  if (logs('all', 'read')) return { title, findings: [] };
  return { title, findings: [found('trail-without-reads', 'CloudTrail', evidence)] };
}

function queues({ undelivered, failed }: InstallationFacts, self: Self): readonly Judged[] {
  return [
    queue('events that were not delivered', {
      depth: undelivered,
      name: QUEUES.undelivered,
      code: 'events-undelivered',
      self,
    }),
    queue('runs that failed', { depth: failed, name: QUEUES.failed, code: 'runs-failed', self }),
  ];
}

interface Queue {
  readonly depth: Fact<number>;
  readonly name: string;
  readonly code: FindingCode;
  readonly self: Self;
}

function queue(title: string, { depth, name, code, self }: Queue): Judged {
  if (depth.state === 'unknown') return { title, findings: [notChecked(title, depth.why)] };
  if (depth.state === 'absent') return { title, findings: [notChecked(title, `the queue ${name} does not exist`)] };
  if (depth.value === 0) return { title, findings: [] };
  const url = `https://sqs.${self.region}.amazonaws.com/${self.accountId}/${name}`;
  const command = ['sqs', 'receive-message', '--queue-url', url, '--max-number-of-messages', '10'];
  return { title, findings: [found(code, name, { messages: String(depth.value) })], command };
}

function ledger({ ledger: fact }: InstallationFacts): Judged {
  const title = 'ledger';
  return { title, findings: fact.state === 'unknown' ? [notChecked(title, fact.why)] : [] };
}

function found(code: FindingCode, subject: string, evidence: Readonly<Record<string, string>>): Finding {
  return { code, subject, evidence };
}
