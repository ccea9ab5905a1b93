import { parse } from 'yaml';
import type { OwnerKey } from '../../lib/plan/opt-in/keys.ts';
import { expectGolden } from '../golden.ts';
import { touched } from '../scenarios/stage.ts';
import { shell } from './on-account.ts';
import { run } from './on-memory.ts';

// The first test of a file loads every client; on a busy machine that takes seconds.
jest.setTimeout(60_000);

const FORMS = ['terraform', 'cdk', 'cloudformation', 'cli'] as const;

test.each(FORMS)('the four keys as %s', async (form) => {
  const { connect } = shell({ keys: false });
  const { exitCode, data, talk } = await run(['opt-in', 'shop-api', '--print', form], { connect });
  expect({ exitCode, talk }).toEqual({ exitCode: 0, talk: '' });
  expectGolden(`opt-in/${form}.txt`, data);
});

test('the CloudFormation text is YAML with four resources', async () => {
  const { data } = await run(['opt-in', 'shop-api', '--print', 'cloudformation'], shell({ keys: false }));
  const { Resources } = parse(data) as { Resources: Record<string, { Type: string }> };
  expect(Object.values(Resources).map(({ Type }) => Type)).toEqual([
    'AWS::ECS::TaskDefinition',
    'AWS::EFS::FileSystem',
    'AWS::IAM::Role',
    'AWS::EC2::SecurityGroup',
  ]);
});

test('--apply sets the four tags, after which the doctor finds every key turned', async () => {
  const { connect } = shell({ keys: false });
  const { exitCode, data } = await run(['opt-in', 'shop-api', '--apply', '--yes'], { connect });
  expect({ exitCode, set: data.trimEnd().split('\n').length }).toEqual({ exitCode: 0, set: 4 });
  const doctor = await run(['doctor', 'shop-api', '--json'], { connect });
  const faults = JSON.stringify(JSON.parse(doctor.data).families);
  expect([faults.includes('key-missing'), faults.includes('family-not-enrolled')]).toEqual([false, false]);
  const again = await run(['opt-in', 'shop-api', '--apply', '--yes'], { connect });
  expect(again).toMatchObject({ exitCode: 0, data: '', talk: expect.stringContaining('Every key is set already.') });
});

test('a key that is set is shown as it is set, not as one more', async () => {
  const { account, estate, connect } = shell({ keys: true });
  const tags = account.state.efs.fileSystems[estate.fileSystemId]?.tags;
  const key = tags?.find(({ Key }) => Key === 'mountkeeper:allow');
  Object.assign(key ?? {}, { Value: 'billing shop-+' });
  const { data } = await run(['opt-in', 'shop-api', '--json'], { connect });
  const shown = (JSON.parse(data) as OwnerKey[]).find(({ thing }) => thing === 'file-system');
  expect(shown).toMatchObject({ isSet: true, tag: 'mountkeeper:allow', value: 'billing shop-+' });
});

test('what CloudFormation made is not tagged by hand, unless somebody insists', async () => {
  const { account, estate, connect } = shell({ keys: false });
  const role = account.state.iam.roles[estate.taskRoleName];
  role?.tags.push({ Key: 'aws:cloudformation:stack-name', Value: 'shop' } as never);
  const before = touched(account);
  const refused = await run(['opt-in', 'shop-api', '--apply', '--yes'], { connect });
  expect({ exitCode: refused.exitCode, after: touched(account) }).toEqual({ exitCode: 2, after: before });
  expect(refused.talk).toContain('belong into its template');
  expect((await run(['opt-in', 'shop-api', '--apply', '--yes', '--force'], { connect })).exitCode).toBe(0);
});

test.each([
  [['--apply'], 2],
  [['--apply', '--dry-run'], 0],
  [[], 0],
])('%j changes nothing', async (options, code) => {
  const { account, connect } = shell({ keys: false });
  const before = touched(account);
  const { exitCode } = await run(['opt-in', 'shop-api', ...options], { connect });
  expect({ exitCode, after: touched(account) }).toEqual({ exitCode: code, after: before });
});

test.each([
  [['opt-in', 'shop-app'], 'Did you mean shop-api?'],
  [['opt-in', 'shop-api', '--print', 'pulumi'], 'expected one of terraform, cdk, cloudformation, cli'],
])('%j is refused with what to do', async (words, said) => {
  const { exitCode, data, talk } = await run(words, shell());
  expect({ exitCode, data }).toEqual({ exitCode: 2, data: '' });
  expect(talk).toContain(said);
});

test('a family that shall get a volume names its file system', async () => {
  const { estate, connect } = shell({ keys: false, volume: false });
  const without = await run(['opt-in', 'shop-api'], { connect });
  expect(without).toMatchObject({ exitCode: 2, talk: expect.stringContaining('--file-system fs-') });
  const { exitCode, data } = await run(['opt-in', 'shop-api', '--file-system', estate.fileSystemId], { connect });
  expect(exitCode).toBe(0);
  expect(data).toContain(`--resource-id ${estate.fileSystemId} --tags Key=mountkeeper:allow,Value=shop-api`);
});
