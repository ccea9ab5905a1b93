import { fill } from '../../lib/apply/bindings.ts';
import { wishOf } from '../../lib/domain/action-traits.ts';
import type { AlertInput } from '../../lib/report/alert/input.ts';
import { alert } from '../../lib/report/alert.ts';
import { expectGolden } from '../golden.ts';
import { ACCESS_POINT, ACTIONS, FILE_SYSTEM, TARGET_GROUP } from '../plan/sample-actions.ts';
import {
  APPLICATION_REFUSED,
  CAUSE_NOT_FOUND,
  came,
  done,
  GRANT,
  GRANT_MISSING,
  INGRESS_MISSING,
  incident,
  input,
  NO_MOUNT_TARGET,
  NO_POLICY,
  NOT_CHECKED,
  NOW_MS,
  OPEN_INGRESS,
  POLICY_DENIES,
  RESTART,
  ROOT_DIRECTORY,
  SLOW_STARTS,
  withheldBy,
} from './samples.ts';

const repaired = input(
  came({
    findings: [INGRESS_MISSING, NO_POLICY, NOT_CHECKED],
    steps: [done(OPEN_INGRESS)],
    withheld: withheldBy([RESTART]),
  }),
);

const closed = { state: 'present', value: {} } as const;
const keyring = { [TARGET_GROUP]: closed };
const accessPoint = { action: ACTIONS['create-access-point'], because: [] } as const;
const failure = 'RulesPerSecurityGroupLimitExceeded: The maximum number of rules per security group has been reached.';

const ALERTS: Readonly<Record<string, AlertInput>> = {
  'group-repaired': repaired,
  'observe-mode': input(
    came({
      findings: [INGRESS_MISSING],
      withheld: withheldBy([OPEN_INGRESS, RESTART], { mode: 'observe' }).slice(0, 1),
    }),
    { mode: 'observe' },
  ),
  'key-missing': input(
    came({ findings: [INGRESS_MISSING], withheld: withheldBy([OPEN_INGRESS, RESTART], { keyring }) }),
  ),
  'grant-written': input(
    came({
      findings: [GRANT_MISSING],
      steps: [done(GRANT)],
      subject: { thing: 'family:shop', family: 'shop', fileSystemId: FILE_SYSTEM },
    }),
  ),
  'told-only': input(came({ findings: [ROOT_DIRECTORY] })),
  'cause-not-found': input(came({ findings: [CAUSE_NOT_FOUND, NOT_CHECKED] })),
  'budget-used-up': input(
    came({
      findings: [INGRESS_MISSING],
      withheld: withheldBy([OPEN_INGRESS], { limits: { repairs: 0, provisioning: 0, none: 1 } }),
    }),
  ),
  'step-failed': input(
    came({
      findings: [INGRESS_MISSING],
      steps: [
        { step: OPEN_INGRESS, changeId: 'mf3k2a10-91c0', result: 'failed', why: failure, permanent: true },
        { step: RESTART, result: 'not-reached' },
      ],
    }),
  ),
  'policy-denies': input(came({ findings: [POLICY_DENIES, INGRESS_MISSING], steps: [done(OPEN_INGRESS)] })),
  'no-mount-target': input(came({ findings: [NO_MOUNT_TARGET] })),
  'slow-starts': input(
    came({
      findings: [SLOW_STARTS],
      subject: { thing: 'starts:shop', family: 'shop', fileSystemId: FILE_SYSTEM },
    }),
    {
      keeper: 'sweep',
      incident: incident({ thing: 'starts:shop', severity: 'should-fix', codes: ['task-start-slow'] }),
    },
  ),
  'application-refused': input(came({ findings: [APPLICATION_REFUSED] })),
  updated: input(came({ findings: [ROOT_DIRECTORY] }), {
    status: 'updated',
    incident: incident({ count: 14, firstAtMs: NOW_MS - 41 * 60_000, lastAtMs: NOW_MS - 60_000 }),
  }),
  'set-up': input(
    came({
      findings: [NO_POLICY],
      steps: [
        done(accessPoint, 'mf3k2a10-0001'),
        done(GRANT, 'mf3k2a10-0002'),
        done(
          { action: fill(ACTIONS['register-revision'], { 'access-point:data:id': ACCESS_POINT }), because: [] },
          'mf3k2a10-0003',
        ),
      ],
      withheld: withheldBy([{ action: ACTIONS['update-service'], because: [] }], {
        keyring: { [ACTIONS['update-service'].serviceArn]: closed },
      }),
    }),
    { keeper: 'provision', incident: incident({ keeper: 'provision', codes: ['grant-protects-nothing'] }) },
  ),
  reverted: input(came({ findings: [], steps: [done({ action: ACTIONS['revoke-rule'], because: [] })] }), {
    keeper: 'revert',
  }),
  'breaker-open': input(
    came({
      findings: [INGRESS_MISSING],
      withheld: withheldBy([OPEN_INGRESS], { spent: new Map([[`day ${wishOf(OPEN_INGRESS.action)}`, 2]]) }),
    }),
    { keeper: 'sweep' },
  ),
  'throughput-switched': input(
    came({
      findings: [],
      steps: [done({ action: ACTIONS['update-throughput'], because: [] })],
      subject: { thing: FILE_SYSTEM, fileSystemId: FILE_SYSTEM },
    }),
    { keeper: 'throughput' },
  ),
};

test.each(Object.entries(ALERTS))('the alert %s reads as a person at night needs it', (name, given) => {
  const { subject, text, attributes } = alert(given);
  const head = Object.entries(attributes).map(([key, value]) => `${key}=${value}`);
  expectGolden(`alerts/${name}.txt`, `Subject: ${subject}\nAttributes: ${head.join(' ')}\n\n${text}`);
});

test('a repaired group says so first, and how to take it back by journal id', () => {
  const { subject, text } = alert(repaired);
  expect(subject).toMatch(/^Repaired: shop-api/);
  expect(text.split('\n')[2]).toBe('Mountkeeper repaired it; the next task should mount.');
  expect(text).toContain('mountkeeper-revert');
  expect(text).toContain(`'{"change":"mf3k2a10-91c0"}'`);
});

test('the attributes are the whole contract, for filter policies', () => {
  expect(alert(repaired).attributes).toEqual({
    version: '1',
    severity: 'must-fix',
    status: 'firing',
    keeper: 'remediate',
    finding: 'security-group-ingress-missing',
    outcome: 'remediated',
    family: 'shop',
    fileSystem: FILE_SYSTEM,
  });
});

test('an attribute without a value is left out: SNS refuses an empty String', () => {
  const { attributes } = alert(input(came({ findings: [], subject: { thing: ACCESS_POINT } })));
  expect(Object.keys(attributes)).toEqual(['version', 'severity', 'status', 'keeper', 'outcome']);
});

test.each([
  ['observe-mode', 'dry-run'],
  ['key-missing', 'withheld'],
  ['told-only', 'detected'],
  ['step-failed', 'failed'],
  ['grant-written', 'remediated'],
])('the outcome of %s is %s', (name, outcome) => {
  expect(alert(ALERTS[name] as AlertInput).attributes['outcome']).toBe(outcome);
});

test('a change taken back is reverted', () => {
  const revoke = done({ action: ACTIONS['revoke-rule'], because: [] });
  expect(alert(input(came({ findings: [], steps: [revoke] }), { keeper: 'revert' })).attributes['outcome']).toBe(
    'reverted',
  );
});

test('a service that was not restarted leaves the repair a repair', () => {
  expect(repaired.outcome.withheld.map(({ action }) => action.kind)).toEqual(['update-service']);
  expect(alert(repaired).attributes['outcome']).toBe('remediated');
});

test('the same reason of several withheld steps is given once', () => {
  const { text } = alert(ALERTS['key-missing'] as AlertInput);
  expect(text.match(/create-tags/g)).toHaveLength(1);
  expect(text).toContain('for the same reason');
});

test('a repair that leaves a cause standing calls for a person', () => {
  const { subject, text, attributes } = alert(ALERTS['policy-denies'] as AlertInput);
  expect(subject).toMatch(/^Partly repaired/);
  expect(attributes['outcome']).toBe('detected');
  expect(text.split('\n').slice(0, 3).join(' ')).toContain('A person is needed');
});

test.each(['group-repaired', 'key-missing', 'set-up'])('the chat form of %s', (name) => {
  expectGolden(
    `alerts/${name}.chat.json`,
    `${JSON.stringify(JSON.parse(alert(ALERTS[name] as AlertInput).chat), null, 2)}\n`,
  );
});

test('one of two groups repaired is no repair', () => {
  const [held] = withheldBy([OPEN_INGRESS], { keyring });
  const { attributes, text } = alert(
    input(came({ findings: [INGRESS_MISSING], steps: [done(OPEN_INGRESS)], withheld: held ? [held] : [] })),
  );
  expect(attributes['outcome']).toBe('withheld');
  expect(text).not.toContain('[repaired]');
});
