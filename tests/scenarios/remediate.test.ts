import type { FindingCode } from '../../lib/domain/finding.ts';
import type { BreakName } from '../../lib/simulator/break-it.ts';
import { BREAK_NAMES, breakIt, breakOf } from '../../lib/simulator/break-it.ts';
import type { LaunchKind } from '../../lib/simulator/breaks/break.ts';
import type { EstateWishes } from '../../lib/simulator/estate/spec.ts';
import { runEstate } from '../../lib/simulator/estate.ts';
import { decisions, mounts, stage, touched } from './stage.ts';

type Verdict =
  | { readonly finds: FindingCode; readonly repairs: 'authorize-ingress' | 'authorize-egress' | 'put-role-policy' }
  /** Left to a person, and told. */
  | { readonly finds: FindingCode; readonly repairs: null };

/** What each fault must be called, and whether it is Mountkeeper's to repair. */
const VERDICTS: Readonly<Partial<Record<BreakName, Verdict>>> = {
  'sg-ingress': { finds: 'security-group-ingress-missing', repairs: 'authorize-ingress' },
  'sg-egress': { finds: 'security-group-egress-missing', repairs: 'authorize-egress' },
  acl: { finds: 'network-acl-blocks', repairs: null },
  'acl-replies': { finds: 'network-acl-blocks', repairs: null },
  'no-mount-target': { finds: 'no-mount-target-in-zone', repairs: null },
  'no-mount-targets': { finds: 'no-mount-target-in-vpc', repairs: null },
  'mount-target-creating': { finds: 'mount-target-not-available', repairs: null },
  'dns-off': { finds: 'vpc-dns-off', repairs: null },
  'dns-host-names-off': { finds: 'vpc-dns-off', repairs: null },
  'fs-missing': { finds: 'file-system-missing', repairs: null },
  'ap-missing': { finds: 'access-point-missing', repairs: null },
  'ap-other-fs': { finds: 'access-point-other-file-system', repairs: null },
  'ap-creating': { finds: 'access-point-not-available', repairs: null },
  'ap-no-directory': { finds: 'access-point-creates-no-directory', repairs: null },
  'root-dir-with-ap': { finds: 'root-directory-with-access-point', repairs: null },
  'root-dir-not-found': { finds: 'root-directory-not-found', repairs: null },
  'tls-off': { finds: 'transit-encryption-off', repairs: null },
  'iam-off': { finds: 'iam-authorization-off', repairs: null },
  'no-task-role': { finds: 'task-role-missing', repairs: null },
  'no-grant': { finds: 'grant-missing', repairs: 'put-role-policy' },
  'grant-on-ap-arn': { finds: 'grant-on-wrong-resource', repairs: 'put-role-policy' },
  'grant-on-execution-role': { finds: 'grant-on-execution-role', repairs: 'put-role-policy' },
  'policy-deny': { finds: 'policy-denies', repairs: null },
  'no-client-write': { finds: 'write-not-allowed', repairs: null },
  'root-squash': { finds: 'root-squashed', repairs: null },
  'posix-mismatch': { finds: 'application-permission-denied', repairs: null },
  'copy-up-chown': { finds: 'copy-up-chown', repairs: null },
  'agent-old': { finds: 'agent-too-old', repairs: null },
  'credits-zero': { finds: 'burst-credits-empty', repairs: null },
};

/** ECS refuses to start these at all, so there is no stop to hear. */
const NEVER_STARTED: readonly BreakName[] = ['platform-old'];

const LAUNCHES: readonly (readonly [string, LaunchKind, EstateWishes])[] = [
  ['Fargate service', 'fargate', { launch: 'FARGATE' }],
  ['Fargate standalone', 'fargate', { launch: 'FARGATE', standalone: true }],
  ['EC2 bridge service', 'ec2-bridge', { launch: 'EC2', networkMode: 'bridge' }],
];

const CASES = BREAK_NAMES.flatMap((name) => {
  const verdict = VERDICTS[name];
  if (!verdict) return [];
  return LAUNCHES.filter(([, kind]) => breakOf(name).kinds.includes(kind)).map(
    ([launch, , wishes]) => [name, launch, wishes, verdict] as const,
  );
});

test('every way to break a mount has its verdict', () => {
  const without = BREAK_NAMES.filter((name) => !VERDICTS[name] && !NEVER_STARTED.includes(name));
  expect(without).toEqual([]);
});

describe('a task fails, is diagnosed and, where its owners allow, repaired', () => {
  test.each(CASES)(
    '%s, %s',
    async (name, _launch, wishes, verdict) => {
      const { account, estate, installed } = stage(wishes);
      breakIt(account, estate, name);
      const failed = await runEstate(account, estate);
      expect(failed.tasks.map((task) => task.lastStatus)).toEqual(['STOPPED']);
      const broken = touched(account);

      await account.bus.drain();
      const [decision] = decisions(installed);
      expect(decision?.decision.findings[0]?.code).toBe(verdict.finds);
      const done = decision?.steps.filter((step) => step.result === 'done').map((step) => step.step.action.kind) ?? [];
      expect(done.filter((kind) => kind !== 'update-service')).toEqual(
        verdict.repairs === null ? [] : [verdict.repairs],
      );
      expect(alerts(account)).toBe(1);
      if (verdict.repairs === null) expect(touched(account)).toEqual(broken);

      expect(await mounts({ account, estate, installed })).toBe(verdict.repairs !== null);
      expect(account.bus.deadLetters).toEqual([]);
    },
    30_000,
  );
});

describe('laws over the causes', () => {
  const REPAIRED = (['sg-ingress', 'sg-egress', 'no-grant'] as const).map((name) => [name] as const);

  test.each(REPAIRED)(
    'a plan for %s survives JSON',
    async (name) => {
      const { account, estate, installed } = stage();
      breakIt(account, estate, name);
      await runEstate(account, estate);
      await account.bus.drain();
      const plans = decisions(installed).map(({ decision }) => decision.plan);
      expect(plans[0]?.steps.length).toBeGreaterThan(0);
      expect(JSON.parse(JSON.stringify(plans))).toEqual(plans);
    },
    30_000,
  );

  test.each(REPAIRED)(
    'a second run after %s plans nothing',
    async (name) => {
      const { account, estate, installed } = stage();
      breakIt(account, estate, name);
      await runEstate(account, estate);
      await account.bus.drain();
      const before = touched(account);
      const request = { cluster: estate.clusterName, service: 'shop-api' };
      const again = await installed.invoke('remediate', request);
      const plans = again.kind === 'walked' ? again.settled.map(({ outcome }) => outcome.decision.plan) : [again];
      expect({ plans, account: touched(account) }).toEqual({ plans: [{ steps: [], withheld: [] }], account: before });
    },
    30_000,
  );

  test.each(BREAK_NAMES.filter((name) => VERDICTS[name] && breakOf(name).kinds.includes('fargate')))(
    'observe leaves the account as it is: %s',
    async (name) => {
      const { account, estate } = stage({}, { mode: 'observe' });
      breakIt(account, estate, name);
      await runEstate(account, estate);
      const before = touched(account);
      await account.bus.drain();
      expect({ account: touched(account), alerts: alerts(account) }).toEqual({ account: before, alerts: 1 });
    },
    30_000,
  );

  test.each(REPAIRED)(
    'the same event ten times gives one change and one alert: %s',
    async (name) => {
      const { account, estate, installed } = stage({}, { patterns: {} });
      breakIt(account, estate, name);
      await runEstate(account, estate);
      const stop = account.bus.events.findLast((event) => JSON.stringify(event).includes('"lastStatus":"STOPPED"'));
      await Promise.all(Array.from({ length: 5 }, () => installed.deliver('remediate', stop)));
      for (let time = 0; time < 5; time += 1) await installed.deliver('remediate', stop);
      const writes = account.calls.filter((call) => /^(Authorize|PutRolePolicy)/.test(call.operation) && !call.error);
      expect({ writes: writes.length, alerts: alerts(account) }).toEqual({ writes: 1, alerts: 1 });
    },
    60_000,
  );
});

function alerts(account: ReturnType<typeof stage>['account']): number {
  return account.state.sns.published.filter(({ topicArn }) => topicArn.endsWith(':mountkeeper-alerts')).length;
}
