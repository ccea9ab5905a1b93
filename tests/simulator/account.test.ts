import { DescribeSecurityGroupsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateFileSystemCommand, DescribeFileSystemsCommand, EFSClient } from '@aws-sdk/client-efs';
import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { GetParameterCommand, GetParametersByPathCommand, SSMClient } from '@aws-sdk/client-ssm';
import fc from 'fast-check';
import { createAccount } from '../../lib/simulator/account.ts';
import { createClock, START_MS } from '../../lib/simulator/clock.ts';
import { plain } from '../../lib/simulator/plain.ts';
import { tagTrouble } from '../../lib/simulator/tags.ts';
import { scale } from '../scale.ts';

test('the clock stands still until it is moved', async () => {
  const clock = createClock();
  const before = clock.nowIso();
  await clock.advance(1_500);
  expect([before, clock.nowIso()]).toEqual(['2026-09-01T10:00:00.000Z', '2026-09-01T10:00:01.500Z']);
});

test('timers run in the order of their time, each at its own time', async () => {
  const clock = createClock();
  const seen: [string, number][] = [];
  const note = (name: string) => () => void seen.push([name, clock.nowMs() - START_MS]);
  clock.at(START_MS + 300, note('late'));
  clock.at(START_MS + 100, note('early'));
  clock.at(START_MS + 100, note('second'));
  clock.at(START_MS + 900, note('not yet'));
  await clock.advance(500);
  expect(seen).toEqual([
    ['early', 100],
    ['second', 100],
    ['late', 300],
  ]);
});

test('a timer may set another one that falls due in the same stretch', async () => {
  const clock = createClock();
  const seen: number[] = [];
  clock.at(START_MS + 100, () => clock.at(START_MS + 200, () => void seen.push(clock.nowMs() - START_MS)));
  await clock.advance(1_000);
  expect([seen, clock.nowMs() - START_MS]).toEqual([[200], 1_000]);
});

test('timers that do not wait have run when advance returns, awaited or not', () => {
  const clock = createClock();
  const seen: string[] = [];
  clock.at(START_MS + 100, () => void seen.push('ran'));
  void clock.advance(200);
  expect(seen).toEqual(['ran']);
});

test('whatever the timers, each runs once and time never goes back', async () => {
  const delays = fc.array(fc.nat(1_000), { maxLength: 30 });
  const law = fc.asyncProperty(delays, fc.array(fc.nat(400), { minLength: 5, maxLength: 5 }), async (timers, steps) => {
    const clock = createClock();
    const seen: number[] = [];
    for (const delay of timers) clock.at(START_MS + delay, () => void seen.push(clock.nowMs() - START_MS));
    for (const step of steps) await clock.advance(step);
    const reached = steps.reduce((sum, step) => sum + step, 0);
    const due = timers.filter((delay) => delay <= reached).sort((one, other) => one - other);
    expect(seen).toEqual(due);
  });
  await fc.assert(law, { seed: 20_260_901, numRuns: scale(200) });
});

test('each service refuses in its own words', async () => {
  const account = createAccount();
  const codes = async (kind: 'throttle' | 'deny') => {
    account.faults.clear();
    account.faults.inject({ match: {}, kind });
    const calls = [
      account.client(EFSClient).send(new DescribeFileSystemsCommand({})),
      account.client(EC2Client).send(new DescribeSecurityGroupsCommand({})),
      account.client(IAMClient).send(new GetRoleCommand({ RoleName: 'billing' })),
      account.client(SSMClient).send(new GetParameterCommand({ Name: '/a' })),
    ];
    const results = await Promise.allSettled(calls);
    return results.map((result) => result.status === 'rejected' && (result.reason as Error).name);
  };
  expect([await codes('throttle'), await codes('deny')]).toEqual([
    ['ThrottlingException', 'RequestLimitExceeded', 'Throttling', 'ThrottlingException'],
    ['AccessDeniedException', 'UnauthorizedOperation', 'AccessDenied', 'AccessDeniedException'],
  ]);
});

test('any exception can be made to happen', async () => {
  const account = createAccount();
  const error = { code: 'InsufficientThroughputCapacity', httpStatus: 503, message: 'none left' };
  account.faults.inject({ match: {}, kind: 'error', error });
  const efs = account.client(EFSClient);
  await expect(efs.send(new CreateFileSystemCommand({ CreationToken: 'a' }))).rejects.toMatchObject({
    name: 'InsufficientThroughputCapacity',
    $fault: 'server',
    $metadata: { httpStatusCode: 503, attempts: 3 },
  });
});

test('two accounts with the same history are the same, and their ids are all different', async () => {
  const history = async () => {
    const account = createAccount();
    const efs = account.client(EFSClient);
    for (const CreationToken of ['a', 'b', 'c']) await efs.send(new CreateFileSystemCommand({ CreationToken }));
    return account.state;
  };
  const [one, other] = [await history(), await history()];
  expect(one).toEqual(other);
  expect(new Set(Object.keys(one.efs.fileSystems)).size).toBe(3);
});

test('calls to different services at once are one round trip, though their clients take different time', async () => {
  const account = createAccount();
  const efs = account.client(EFSClient);
  await efs.send(new DescribeFileSystemsCommand({}));
  await Promise.all([
    efs.send(new DescribeFileSystemsCommand({})),
    account.client(EC2Client).send(new DescribeSecurityGroupsCommand({})),
    account.client(SSMClient).send(new GetParametersByPathCommand({ Path: '/a' })),
  ]);
  expect([account.callCount(), account.roundTrips(1)]).toEqual([4, 1]);
});

test('reading changes nothing', async () => {
  const account = createAccount();
  await account.client(EFSClient).send(new CreateFileSystemCommand({ CreationToken: 'a' }));
  const before = JSON.stringify(account.state);
  await account.client(EFSClient).send(new DescribeFileSystemsCommand({}));
  await account.client(EC2Client).send(new DescribeSecurityGroupsCommand({}));
  expect(JSON.stringify(account.state)).toBe(before);
});

test('an answer is a copy: changing it does not change the account', async () => {
  const account = createAccount();
  const efs = account.client(EFSClient);
  await efs.send(new CreateFileSystemCommand({ CreationToken: 'a', Tags: [{ Key: 'a', Value: 'b' }] }));
  const answer = await efs.send(new DescribeFileSystemsCommand({}));
  answer.FileSystems?.[0]?.Tags?.push({ Key: 'c', Value: 'd' });
  const again = await efs.send(new DescribeFileSystemsCommand({}));
  expect(again.FileSystems?.[0]?.Tags).toEqual([{ Key: 'a', Value: 'b' }]);
});

test('a plain copy keeps dates and bytes, and drops what is undefined', () => {
  const value = { a: undefined, b: [1, { c: undefined, d: null }], e: new Date(0), f: new Uint8Array([1]) };
  expect(plain(value)).toStrictEqual({ b: [1, { d: null }], e: new Date(0), f: new Uint8Array([1]) });
  expect(plain(value).e).not.toBe(value.e);
});

test.each([
  ['team', 'storage 2.0 _.:/=+-@', undefined],
  ['größe', 'straße', undefined],
  ['a', 'b*', "Value of tag 'a' has characters that are not allowed: 'b*'"],
  ['a,b', '', "Tag key 'a,b' has characters that are not allowed"],
  ['AWS:x', '', "Tag keys starting with 'aws:' are reserved for system use: 'AWS:x'"],
  ['k'.repeat(129), '', `Tag key must have 1 to 128 characters: '${'k'.repeat(129)}'`],
])('tag %s with value %s: %s', (Key, Value, trouble) => {
  expect(tagTrouble([{ Key, Value }])).toBe(trouble);
});

test('tags that are there already count towards fifty, replaced ones once', () => {
  const present = Array.from({ length: 50 }, (_, index) => ({ Key: `k${index}`, Value: '' }));
  expect(tagTrouble([{ Key: 'k1', Value: 'new' }], present)).toBeUndefined();
  expect(tagTrouble([{ Key: 'k50', Value: '' }], present)).toBe('A resource can have 50 tags at most');
});
