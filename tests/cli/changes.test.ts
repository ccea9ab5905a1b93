import { breakIt } from '../../lib/simulator/break-it.ts';
import { mounts, touched } from '../scenarios/stage.ts';
import { PERSON, type Shell, shell } from './on-account.ts';
import { run } from './on-memory.ts';

// The first test of a file loads every client; on a busy machine that takes seconds.
jest.setTimeout(60_000);

function broken(): Shell {
  const made = shell();
  breakIt(made.account, made.estate, 'sg-ingress');
  return made;
}

test('a dry run shows the plan on stdout and changes nothing', async () => {
  const { account, connect } = broken();
  const before = touched(account);
  const { exitCode, data } = await run(['remediate', 'shop-api', '--dry-run'], { connect });
  expect({ exitCode, after: touched(account) }).toEqual({ exitCode: 0, after: before });
  expect(data).toContain('Would change (');
});

test('with --yes the deployed function repairs, and the mount works', async () => {
  const made = broken();
  const { exitCode, data } = await run(['remediate', 'shop-api', '--yes'], made);
  expect({ exitCode, mounts: await mounts(made) }).toEqual({ exitCode: 0, mounts: true });
  expect(data).toContain('done');
});

test('the person who asks changes nothing: the function does', async () => {
  const { account, connect } = broken();
  await run(['remediate', 'shop-api', '--yes'], { connect });
  const own = account.calls
    .filter(({ caller }) => caller === PERSON)
    .map(({ service, operation }) => `${service}.${operation}`);
  expect([...new Set(own)].toSorted()).toEqual(['Lambda.Invoke', 'SSM.GetParameter']);
});

test('without --yes, and with nobody to ask, nothing is changed', async () => {
  const { account, connect } = broken();
  const before = touched(account);
  const { exitCode, data, talk } = await run(['remediate', 'shop-api'], { connect });
  expect({ exitCode, data, after: touched(account) }).toEqual({ exitCode: 2, data: '', after: before });
  expect(talk).toContain('Give --yes, or --dry-run');
});

test.each([
  ['y\n', true],
  ['yes\n', true],
  ['\n', false],
  ['no\n', false],
])('a person who answers %j is obeyed', async (answer, repaired) => {
  const made = broken();
  const { talk } = await run(['remediate', 'shop-api'], { ...made, stdin: answer, isTerminal: true });
  expect(talk).toContain('Make 1 change?');
  expect(await mounts(made)).toBe(repaired);
});

test('what was done is taken back by its id, held, and made again after its release', async () => {
  const made = broken();
  await run(['remediate', 'shop-api', '--yes'], made);
  const { data: status } = await run(['status', '--json'], made);
  const [{ changeId }] = (JSON.parse(status) as { changes: [{ changeId: string }] }).changes;
  const reverted = await run(['revert', changeId, '--yes'], made);
  const held = await run(['remediate', 'shop-api', '--yes'], made);
  const released = await run(['release', changeId, '--yes'], made);
  const again = await run(['remediate', 'shop-api', '--yes'], made);
  expect([reverted, held, released, again].map(({ exitCode }) => exitCode)).toEqual([0, 1, 0, 0]);
  expect(held.data).toContain('reverted by hand');
  expect(await mounts(made)).toBe(true);
});

test('--local plans with the credentials of the caller, and only plans', async () => {
  const { account, connect } = broken();
  const before = touched(account);
  const { exitCode, data } = await run(['remediate', 'shop-api', '--dry-run', '--local'], { connect });
  expect({ exitCode, after: touched(account) }).toEqual({ exitCode: 0, after: before });
  expect(data).toContain('Would change (');
  expect(account.calls.some(({ operation }) => operation === 'Invoke')).toBe(false);
  const refused = await run(['remediate', 'shop-api', '--local', '--yes'], { connect });
  expect({ exitCode: refused.exitCode, after: touched(account) }).toEqual({ exitCode: 2, after: before });
});

test('without an installation it says where to look', async () => {
  const { account, connect } = broken();
  delete account.state.ssm.parameters['/mountkeeper/settings'];
  const { exitCode, talk } = await run(['remediate', 'shop-api', '--yes'], { connect });
  expect(exitCode).toBe(2);
  expect(talk).toContain('not installed in eu-west-1');
});

test.each([
  [['remediate'], 'Give one of: a family, --task'],
  [['remediate', 'shop', '--task', 'arn:x'], 'Give one of'],
  [['remediate', '--service', 'shop'], '<cluster>/<service>'],
  [['remediate', 'no such name'], 'taskDefinition: got "no such name"'],
  [['revert'], 'Give the id of a change or an incident'],
  [['revert', 'inc-1', '--family', 'shop'], 'Give the id of a change or an incident'],
  [['revert', 'not an id', '--yes'], 'change: got "not an id"'],
  [['release'], "missing required argument 'key'"],
])('%j is refused with what to do, and nothing is changed', async (words, said) => {
  const { account, connect } = broken();
  const before = touched(account);
  const { exitCode, data, talk } = await run(words, { connect });
  expect({ exitCode, data, after: touched(account) }).toEqual({ exitCode: 2, data: '', after: before });
  expect(talk).toContain(said);
});

test('--json is the answer of the function', async () => {
  const { data } = await run(['remediate', 'shop-api', '--dry-run', '--json'], broken());
  expect(JSON.parse(data)).toMatchObject({ keeper: 'remediate', result: 'done', dryRun: true });
});
