import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CHANGES_OF } from '../../../lib/keepers/doctor/rules-of-the-stack.ts';
import type { Account } from '../../../lib/simulator/account.ts';
import { VERSION } from '../../../lib/version.ts';
import { DOCTOR_ROLE, examine, faultsOf, furnished } from './on-stage.ts';

// The first test of a file loads every client; on a busy machine that takes seconds.
jest.setTimeout(60_000);

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:mountkeeper-alerts';
const queueOf = ({ state }: Account, name: string) =>
  state.sqs.queues[`https://sqs.eu-west-1.amazonaws.com/111122223333/${name}`];

function subscriptions(account: Account, ...confirmed: readonly boolean[]): void {
  const all = confirmed.map((one) => ({ protocol: 'email', endpoint: 'a@example.com', confirmed: one }));
  account.state.sns.topics[TOPIC] = { arn: TOPIC, subscriptions: all };
}

function parameter(account: Account, name: string, value: string): void {
  account.state.ssm.parameters[name] = { name, value, type: 'String', version: 1, modifiedAtMs: 0 };
}

type Trouble = readonly [title: string, cause: (account: Account) => void, code: string, state: string];

const TROUBLES: readonly Trouble[] = [
  ['nobody subscribed', (account) => subscriptions(account), 'nobody-hears-alerts', 'must-fix'],
  ['nobody confirmed', (account) => subscriptions(account, false), 'nobody-hears-alerts', 'must-fix'],
  ['one of two confirmed', (account) => subscriptions(account, true, false), 'subscription-pending', 'should-fix'],
  ['no trail', ({ state }) => delete state.cloudtrail.trails['management'], 'no-trail', 'must-fix'],
  [
    'a trail that does not log',
    ({ state }) => Object.assign(state.cloudtrail.trails['management'] ?? {}, { logging: false }),
    'no-trail',
    'must-fix',
  ],
  [
    'a trail of reads alone',
    ({ state }) => Object.assign(state.cloudtrail.trails['management'] ?? {}, { readWriteType: 'ReadOnly' }),
    'no-trail',
    'must-fix',
  ],
  [
    'a trail of writes alone',
    ({ state }) => Object.assign(state.cloudtrail.trails['management'] ?? {}, { readWriteType: 'WriteOnly' }),
    'trail-without-reads',
    'note',
  ],
  [
    'a disabled rule',
    ({ state }) => Object.assign(state.events.rules['mountkeeper-remediate-rule-1'] ?? {}, { state: 'DISABLED' }),
    'rule-off',
    'must-fix',
  ],
  [
    'a role without its rights',
    ({ state }) => {
      const role = state.iam.roles['mountkeeper-remediate-eu-west-1'];
      if (role) role.inlinePolicies = {};
    },
    'right-missing',
    'must-fix',
  ],
  ['no role', ({ state }) => delete state.iam.roles['mountkeeper-revert-eu-west-1'], 'right-missing', 'must-fix'],
  ['no rule', ({ state }) => delete state.events.rules['mountkeeper-remediate-rule-1'], 'rule-off', 'must-fix'],
  [
    'undelivered events',
    (account) =>
      Object.assign(queueOf(account, 'mountkeeper-undelivered')?.attributes ?? {}, {
        ApproximateNumberOfMessages: '2',
      }),
    'events-undelivered',
    'should-fix',
  ],
  [
    'failed runs',
    (account) =>
      Object.assign(queueOf(account, 'mountkeeper-failed')?.attributes ?? {}, {
        ApproximateNumberOfMessagesNotVisible: '1',
      }),
    'runs-failed',
    'should-fix',
  ],
  ['mode off', (account) => parameter(account, '/mountkeeper/mode', 'off'), 'mode-off', 'should-fix'],
  ['mode observe', (account) => parameter(account, '/mountkeeper/mode', 'observe'), 'mode-observe', 'note'],
  ['a mode of no meaning', (account) => parameter(account, '/mountkeeper/mode', 'on'), 'mode-unreadable', 'must-fix'],
  ['no mode', ({ state }) => delete state.ssm.parameters['/mountkeeper/mode'], 'mode-unreadable', 'must-fix'],
  [
    'another version',
    (account) => parameter(account, '/mountkeeper/settings', '{"version":"0.0.1"}'),
    'version-differs',
    'should-fix',
  ],
  [
    'no installation',
    ({ state }) => delete state.ssm.parameters['/mountkeeper/installation'],
    'not-installed',
    'should-fix',
  ],
];

test.each(TROUBLES)('%s is told', async (_title, cause, code, state) => {
  const stage = furnished();
  cause(stage.account);
  const report = await examine(stage, { reference: 'shop-api' });
  expect(faultsOf(report).map((fault) => [fault.code, fault.state])).toEqual([[code, state]]);
});

test('what may not be read of the installation is not checked, never fine', async () => {
  const stage = furnished();
  const hidden = ['ListSubscriptionsByTopic', 'GetQueueAttributes', 'DescribeRule', 'DescribeTrails', 'Query'];
  stage.account.authorize = ({ caller, operation }) =>
    caller === DOCTOR_ROLE && hidden.includes(operation) ? 'denied by the test' : 'allowed';
  const report = await examine(stage, { reference: 'shop-api' });
  const states = new Map(report.installation.map(({ title, state }) => [title, state]));
  expect(report.exitCode).toBe(2);
  expect(states.get('who hears the alerts')).toBe('not-checked');
  expect(states.get('runs that failed')).toBe('not-checked');
  expect(states.get('trail of management events')).toBe('not-checked');
  expect(states.get('rules that call it')).toBe('not-checked');
  expect(states.get('ledger')).toBe('not-checked');
});

test('what the doctor takes for the changes of a keeper is what the keeper makes', async () => {
  for (const [name, changes] of Object.entries(CHANGES_OF)) {
    const { actions } = await actionsOf(name);
    expect({ name, changes: changes.toSorted() }).toEqual({ name, changes: actions.toSorted() });
  }
});

/** Some keepers are made with what they may call of others. */
async function actionsOf(name: string): Promise<{ readonly actions: readonly string[] }> {
  const module = (await import(`../../../lib/keepers/${name}/keeper.ts`)) as Readonly<Record<string, unknown>>;
  const made = module[name] ?? (module[`${name}With`] as (calls: unknown) => unknown)({});
  return made as { readonly actions: readonly string[] };
}

test('the version of the program is that of the package', () => {
  const text = readFileSync(resolve(__dirname, '../../../package.json'), 'utf8');
  expect(VERSION).toBe((JSON.parse(text) as { version: string }).version);
});
