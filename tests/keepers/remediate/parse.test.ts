import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from '../../../lib/keepers/remediate/parse.ts';

const EVENTS = resolve(__dirname, '..', '..', '..', 'events');
const SELF = { accountId: '111122223333', region: 'us-east-1', partition: 'aws' };
const stopped = JSON.parse(readFileSync(join(EVENTS, 'ecs-task-stopped.json'), 'utf8')) as Readonly<
  Record<string, unknown>
> & {
  readonly detail: Readonly<Record<string, unknown>>;
};

function withDetail(change: Readonly<Record<string, unknown>>): unknown {
  return { ...stopped, detail: { ...stopped.detail, ...change } };
}

function said(event: unknown): string {
  const parsed = parse(event, SELF);
  return parsed.kind === 'ignore' ? parsed.why : parsed.kind;
}

test('a task that failed to start on a mount is looked at, and may lead to changes', () => {
  const parsed = parse(stopped, SELF);
  expect(parsed).toMatchObject({
    kind: 'go',
    byHand: false,
    dryRun: false,
    lease: 'family shop-api',
    input: { kind: 'stop', mayAct: true },
  });
});

test('nothing of the environment in the overrides is kept', () => {
  expect(JSON.stringify(stopped)).toContain('EXAMPLE_PASSWORD');
  expect(JSON.stringify(parse(stopped, SELF))).not.toContain('EXAMPLE_PASSWORD');
});

test.each([
  ['RUNNING', { lastStatus: 'RUNNING' }, 'the task has not stopped'],
  [
    'stopped by a user, with a forged reason',
    { stopCode: 'UserInitiated' },
    'a task that stopped with "UserInitiated" is no mount failure',
  ],
  [
    'a task that had started',
    { startedAt: '2022-12-07T12:03:00Z' },
    'a task that stopped with "TaskFailedToStart" is no mount failure',
  ],
  [
    'another reason',
    { stoppedReason: 'CannotPullContainerError: pull image manifest has been retried 5 time(s)' },
    'the stop reason is not about EFS',
  ],
  ['a text for an ARN', { taskArn: 'task' }, 'the task or its task definition has no valid ARN'],
  ['no detail', null, 'the event has not the shape of an ECS Task State Change'],
])('%s ends quietly', (_what, change, why) => {
  expect(said(change === null ? { ...stopped, detail: null } : withDetail(change))).toBe(why);
});

test.each([
  ['another account', { account: '444455556666' }],
  ['another Region', { region: 'eu-north-1' }],
])('%s ends quietly', (_what, change) => {
  expect(said({ ...stopped, ...change })).toBe('the event is of another account or Region');
});

test('an application that exits by itself is told at most', () => {
  const event = withDetail({
    stopCode: 'EssentialContainerExited',
    startedAt: '2022-12-07T12:03:00Z',
    containers: [{ name: 'app', exitCode: 1 }],
  });
  expect(parse(event, SELF)).toMatchObject({ kind: 'go', input: { mayAct: false } });
});

test('one that exits with 0 is none of ours', () => {
  expect(said(withDetail({ stopCode: 'EssentialContainerExited', containers: [{ name: 'app', exitCode: 0 }] }))).toBe(
    'every container ended with exit code 0',
  );
});

describe('requests by hand', () => {
  test.each(['remediate-service', 'remediate-task-definition'])('%s is taken', (name) => {
    const request = JSON.parse(readFileSync(join(EVENTS, 'by-hand', `${name}.json`), 'utf8'));
    expect(parse(request, SELF)).toMatchObject({ kind: 'go', byHand: true, dryRun: true });
  });

  test.each([
    ['nothing', {}, ['cluster', 'service']],
    ['a list', [], ['(the request)']],
    ['no object', 'shop', ['(the request)']],
    ['a field that is not known', { cluster: 'example', service: 'shop', force: true }, ['force']],
    ['dryRun as a text', { taskDefinition: 'shop', dryRun: 'yes' }, ['dryRun']],
    ['a family with a space', { taskDefinition: 'my shop' }, ['taskDefinition']],
    ['a task of another account', { task: 'arn:aws:ecs:us-east-1:444455556666:task/c/0123' }, ['task']],
    ['a task and a service', { task: 'arn:aws:ecs:us-east-1:111122223333:task/c/0123', service: 'shop' }, ['service']],
  ])('%s is refused, with the field, what was expected and an example', (_what, request, fields) => {
    const parsed = parse(request, SELF);
    expect(parsed.kind).toBe('bad');
    if (parsed.kind !== 'bad') return;
    expect(parsed.problems.map(({ field }) => field)).toEqual(fields);
    expect(parsed.problems.every(({ expected }) => expected.length > 5)).toBe(true);
    expect(parsed.example).toEqual({ cluster: 'example', service: 'shop', dryRun: true });
  });
});

test('a task of another family in the group of a service is no repetition of what that service told', () => {
  const [own, other] = ['shop-api', 'billing'].map((family) => {
    const taskDefinitionArn = `arn:aws:ecs:us-east-1:111122223333:task-definition/${family}:1`;
    return parse(withDetail({ taskDefinitionArn, group: 'service:shop-api' }), SELF);
  });
  expect(own).toMatchObject({ fingerprint: expect.stringContaining('shop-api') });
  expect(other).not.toMatchObject({ fingerprint: own?.kind === 'go' && own.fingerprint });
});
