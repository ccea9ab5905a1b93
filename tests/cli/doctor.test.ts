import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { breakIt } from '../../lib/simulator/break-it.ts';
import { tempFolder } from '../temp-folder.ts';
import { PERSON, shell } from './on-account.ts';
import { run } from './on-memory.ts';

// The first test of a file loads every client; on a busy machine that takes seconds.
jest.setTimeout(60_000);

const FOLDER = tempFolder('doctor');

test('all is in order: exit code 0, the report on stdout, nothing else', async () => {
  const { connect } = shell();
  const { exitCode, data, talk } = await run(['doctor'], { connect });
  expect({ exitCode, talk }).toEqual({ exitCode: 0, talk: '' });
  expect(data).toContain('All that was asked for is in order.');
});

test('something must be fixed: exit code 1, and the command is there to copy', async () => {
  const { account, estate, connect } = shell();
  breakIt(account, estate, 'sg-ingress');
  const { exitCode, data } = await run(['doctor', 'shop-api'], { connect });
  expect(exitCode).toBe(1);
  expect(data).toContain(`aws ec2 authorize-security-group-ingress --group-id ${estate.mountTargetGroupId} `);
});

test('not everything could be looked at: exit code 2', async () => {
  const { account, connect } = shell();
  account.authorize = ({ caller, operation }) =>
    caller === PERSON && operation === 'DescribeMountTargets' ? 'denied' : 'allowed';
  const { exitCode, data } = await run(['doctor', 'shop-api'], { connect });
  expect(exitCode).toBe(2);
  expect(data).toContain('elasticfilesystem:DescribeMountTargets');
});

test('no such family: exit code 2 and the nearest names', async () => {
  const { exitCode, data } = await run(['doctor', 'shop-app'], { connect: shell().connect });
  expect(exitCode).toBe(2);
  expect(data).toContain('did you mean shop-api?');
});

test('--json is the report as data', async () => {
  const { data } = await run(['doctor', '--json'], { connect: shell().connect });
  expect(JSON.parse(data)).toMatchObject({
    version: 1,
    exitCode: 0,
    families: [{ family: 'shop-api', state: 'fine' }],
  });
});

test('--out writes the form that the file is named after, and says so', async () => {
  const file = join(FOLDER, 'report.html');
  const { data, talk } = await run(['doctor', '--out', file], { connect: shell().connect });
  expect(data).toBe('');
  expect(talk).toContain(`Written to ${file}: 0 must fix`);
  expect(readFileSync(file, 'utf8')).toMatch(/^<!doctype html>/);
});

test('a report that came to nothing leaves no file', async () => {
  const { account, connect } = shell();
  const file = join(FOLDER, 'nothing.html');
  account.faults.inject({ match: { service: 'SSM' }, kind: 'timeout' });
  const { exitCode } = await run(['doctor', '--out', file], { connect });
  expect({ exitCode, isThere: existsSync(file) }).toEqual({ exitCode: 2, isThere: false });
});

test('without an installation the mounts are looked at all the same', async () => {
  const { account, connect } = shell({ keys: false });
  for (const name of Object.keys(account.state.ssm.parameters)) delete account.state.ssm.parameters[name];
  const { exitCode, data } = await run(['doctor', 'shop-api'], { connect });
  expect(exitCode).toBe(0);
  expect(data).toContain('[not-installed]');
  expect(data).toContain('account 111122223333');
});

test.each([
  ['ExpiredTokenException', 'The security token included in the request is expired', 'Sign in again'],
  ['UnrecognizedClientException', 'The security token included in the request is invalid.', 'Sign in again'],
])('%s is told as what it is', async (code, message, said) => {
  const { account, connect } = shell();
  account.faults.inject({ match: { service: 'SSM' }, kind: 'error', error: { code, httpStatus: 400, message } });
  const { exitCode, data, talk } = await run(['doctor'], { connect });
  expect({ exitCode, data }).toEqual({ exitCode: 2, data: '' });
  expect(talk).toContain(said);
});

test('a Region that does not answer is told before anything else is asked', async () => {
  const { account, connect } = shell();
  account.faults.inject({ match: { service: 'SSM' }, kind: 'timeout' });
  const { exitCode, data, talk } = await run(['status'], { connect });
  expect({ exitCode, data }).toEqual({ exitCode: 2, data: '' });
  expect(talk).toContain('AWS does not answer. Is the Region spelled right');
});

test.each([
  [['doctor', 'shop api'], 'taskDefinition: got "shop api"'],
  [['doctor', 'shop', '--all'], 'not both'],
  [['doctor', '--format', 'pdf'], '--format is "pdf"; expected one of json, text, html'],
  [['doctor', '--out', join(FOLDER, 'nowhere', 'x.html')], 'x.html, which cannot be written (its folder is not there)'],
  [['doctor', '--out', FOLDER], `--out is ${FOLDER}, which cannot be written (it is a folder)`],
])('%j is refused with what to do', async (words, said) => {
  const { account, connect } = shell();
  const { exitCode, talk } = await run(words, { connect });
  expect({ exitCode, described: account.calls.filter(({ service }) => service !== 'SSM') }).toEqual({
    exitCode: 2,
    described: [],
  });
  expect(talk).toContain(said);
});
