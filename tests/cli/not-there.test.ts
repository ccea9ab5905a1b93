import { buildEstate } from '../../lib/simulator/estate.ts';
import { shell } from './on-account.ts';
import { run } from './on-memory.ts';

jest.setTimeout(60_000);

test.each([
  [['status', 'shopapi']],
  [['provision', 'shopapi', '--dry-run']],
  [['remediate', 'shopapi', '--yes']],
  [['opt-in', 'shopapi']],
])('a family that is not there is answered with the nearest name: %j', async (words) => {
  const { connect } = shell();
  const { exitCode, data, talk } = await run(words, { connect });
  expect({ exitCode, data }).toEqual({ exitCode: 2, data: '' });
  expect(talk).toContain('There is no task definition shopapi in eu-west-1. Did you mean shop-api?');
});

test('the doctor names the nearest family too, and says that it is the name', async () => {
  const { connect } = shell();
  const { exitCode, data } = await run(['doctor', 'shopapi'], { connect });
  expect(exitCode).toBe(2);
  expect(data).toMatch(/There is no task definition shopapi[\s\S]*did you mean shop-api\?\s+Correct the name/);
});

test.each([
  [['remediate', '--service', 'shop/nope', '--dry-run']],
  [['remediate', '--task', `arn:aws:ecs:eu-west-1:111122223333:task/shop/${'f'.repeat(32)}`, '--dry-run']],
])('what ECS does not know is not fine: %j', async (words) => {
  const { connect } = shell();
  const { exitCode, data } = await run(words, { connect });
  expect(exitCode).toBe(2);
  expect(data).toContain('ECS does not know it');
});

test('a key that nothing is held under is a mistake, with or without being asked', async () => {
  const { connect } = shell();
  for (const words of [
    ['release', 'nothing'],
    ['release', 'nothing', '--yes'],
  ]) {
    const { exitCode, talk } = await run(words, { connect });
    expect(exitCode).toBe(2);
    expect(talk).toContain('Nothing is held under "nothing"');
  }
});

test('a person who waits is told how far the doctor is; a pipe is not', async () => {
  const { account, connect } = shell();
  for (let number = 0; number < 10; number += 1) buildEstate(account, { name: `other${number}`, zones: 1 });
  const waiting = await run(['doctor'], { connect, isTerminal: true });
  expect(waiting.talk).toContain('8 of 11 families');
  expect((await run(['doctor'], { connect })).talk).toBe('');
});

test('the help of the program tells the exit codes; --version goes to stdout', async () => {
  expect((await run(['--help'])).data).toContain('Exit codes: 0 fine, or done; 1 something is wrong');
  expect(await run(['--version'])).toMatchObject({ exitCode: 0, data: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
});
