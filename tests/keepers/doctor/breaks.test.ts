import { RULES } from '../../../lib/diagnosis/rules.ts';
import { RULES_OF_THE_STACK } from '../../../lib/keepers/doctor/rules-of-the-stack.ts';
import { STOP_OF_RULE } from '../../../lib/keepers/doctor/volume-report.ts';
import { BREAK_NAMES, type BreakName, breakIt, breakOf } from '../../../lib/simulator/break-it.ts';
import { DOCTOR_ROLE, examine, faultsOf, furnished } from './on-stage.ts';

// The first test of a file loads every client; on a busy machine that takes seconds.
jest.setTimeout(60_000);

test('a healthy estate is fine all over', async () => {
  const report = await examine(furnished());
  expect(faultsOf(report)).toEqual([]);
  expect({ exitCode: report.exitCode, families: report.families.map(({ state }) => state) }).toEqual({
    exitCode: 0,
    families: ['fine'],
  });
});

test('the doctor changes nothing, whatever is broken', async () => {
  const stage = furnished();
  breakIt(stage.account, stage.estate, 'sg-ingress');
  await examine(stage);
  const made = stage.account.calls.filter(({ caller }) => caller === DOCTOR_ROLE).map(({ operation }) => operation);
  expect(made.length).toBeGreaterThan(20);
  expect(made.filter((operation) => !/^(Describe|Get|List|Query|Lookup)/.test(operation))).toEqual([]);
});

test('every rule has its place on the way of a mount, and no other has', () => {
  expect(Object.keys(STOP_OF_RULE).toSorted()).toEqual(RULES.map(({ title }) => title).toSorted());
});

/** What no AWS API shows before a task has failed: what lies in the directories of a file system. */
const UNSEEN: readonly BreakName[] = ['ap-no-directory', 'root-dir-not-found', 'posix-mismatch'];
const ON_FARGATE = BREAK_NAMES.filter((name) => breakOf(name).kinds.includes('fargate') && !UNSEEN.includes(name));

test.each(ON_FARGATE)('%s is found without a failure, with what to do and a command', async (name) => {
  const stage = furnished({ keys: { service: false } });
  breakIt(stage.account, stage.estate, name);
  const report = await examine(stage, { reference: stage.estate.family });
  const musts = faultsOf(report).filter(({ state }) => state === 'must-fix');
  expect({ exitCode: report.exitCode, found: musts.length > 0 }).toEqual({ exitCode: 1, found: true });
  expect(
    musts.filter(({ commands, remedy }) => commands.length === 0 || remedy === '').map(({ code }) => code),
  ).toEqual([]);
});

test('what the role may not read is said to be not checked, and by which permission', async () => {
  const stage = furnished();
  stage.account.authorize = ({ caller, operation }) =>
    caller === DOCTOR_ROLE && operation === 'DescribeFileSystemPolicy' ? 'denied by the test' : 'allowed';
  const report = await examine(stage);
  const told = faultsOf(report).filter(({ state }) => state === 'not-checked');
  expect(report.exitCode).toBe(2);
  expect(told.map(({ evidence }) => evidence.join(' ')).join(' ')).toContain(
    'elasticfilesystem:DescribeFileSystemPolicy',
  );
});

test('the rules of the stack are those that the functions have', () => {
  const { account } = furnished();
  expect(RULES_OF_THE_STACK.toSorted()).toEqual(Object.keys(account.state.events.rules).toSorted());
});
