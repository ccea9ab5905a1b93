import {
  CreateFileSystemCommand,
  DescribeFileSystemPolicyCommand,
  EFSClient,
  PutFileSystemPolicyCommand,
} from '@aws-sdk/client-efs';
import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  LimitExceededException,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  NoSuchEntityException,
  PutRolePolicyCommand,
  TagRoleCommand,
} from '@aws-sdk/client-iam';
import { createAccount } from '../../lib/simulator/account.ts';
import { IAM_SPREAD_MS } from '../../lib/simulator/iam-state.ts';

const FULL_ACCESS = 'arn:aws:iam::aws:policy/AmazonElasticFileSystemClientFullAccess';

function grant(fileSystemId: string): string {
  const Resource = `arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/${fileSystemId}`;
  const Action = 'elasticfilesystem:ClientMount';
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] });
}

async function withRole() {
  const account = createAccount();
  const iam = account.client(IAMClient);
  await iam.send(new CreateRoleCommand({ RoleName: 'billing', AssumeRolePolicyDocument: '{"a":"b c"}' }));
  const put = (PolicyName: string, PolicyDocument: string) =>
    iam.send(new PutRolePolicyCommand({ RoleName: 'billing', PolicyName, PolicyDocument }));
  return { account, iam, put, role: () => account.state.iam.roles['billing'] };
}

async function caught(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'ok',
    (error: unknown) => error,
  );
}

test('a missing role is the typed exception with the code of the wire', async () => {
  const { iam } = await withRole();
  const error = await caught(iam.send(new GetRoleCommand({ RoleName: 'ghost' })));
  expect(error).toBeInstanceOf(NoSuchEntityException);
  expect(error).toMatchObject({ name: 'NoSuchEntityException', $metadata: { httpStatusCode: 404 } });
});

test('documents leave IAM percent-encoded', async () => {
  const { iam, put } = await withRole();
  await put('efs', grant('fs-1'));
  const policy = await iam.send(new GetRolePolicyCommand({ RoleName: 'billing', PolicyName: 'efs' }));
  const role = await iam.send(new GetRoleCommand({ RoleName: 'billing' }));
  expect(role.Role?.AssumeRolePolicyDocument).toBe('%7B%22a%22%3A%22b%20c%22%7D');
  expect(decodeURIComponent(policy.PolicyDocument ?? '')).toBe(grant('fs-1'));
});

test('a grant takes ten seconds to count, and what it replaced goes on counting so long', async () => {
  const { account, put, role } = await withRole();
  const startMs = account.clock.nowMs();
  await put('efs', grant('fs-1'));
  await account.clock.advance(60_000);
  await put('efs', grant('fs-2'));
  expect(role()?.inlinePolicies['efs']).toEqual({
    document: grant('fs-2'),
    effectiveFromMs: startMs + 60_000 + IAM_SPREAD_MS,
  });
  expect(role()?.lingering).toEqual([
    {
      document: grant('fs-1'),
      effectiveFromMs: startMs + IAM_SPREAD_MS,
      effectiveUntilMs: startMs + 60_000 + IAM_SPREAD_MS,
    },
  ]);
});

test('the same document again changes nothing', async () => {
  const { account, put, role } = await withRole();
  await put('efs', grant('fs-1'));
  const before = structuredClone(role());
  await account.clock.advance(60_000);
  await put('efs', grant('fs-1'));
  expect(role()).toEqual(before);
});

test('a deleted grant lingers, then it is gone for good', async () => {
  const { iam, put, role } = await withRole();
  await put('efs', grant('fs-1'));
  const remove = () => iam.send(new DeleteRolePolicyCommand({ RoleName: 'billing', PolicyName: 'efs' }));
  await remove();
  expect([Object.keys(role()?.inlinePolicies ?? {}), role()?.lingering.map((one) => one.document)]).toEqual([
    [],
    [grant('fs-1')],
  ]);
  expect(await caught(remove())).toBeInstanceOf(NoSuchEntityException);
});

test('inline policies together hold 10,240 characters, white space not counted', async () => {
  const { put } = await withRole();
  const padded = (characters: number) => {
    const bare = grant('fs-1').length;
    return grant(`fs-1${'x'.repeat(characters - bare)}`).replaceAll(',', ',\n   ');
  };
  const results = [await caught(put('one', padded(10_000))), await caught(put('two', padded(240)))];
  const over = await caught(put('two', padded(241)));
  expect(results.map((result) => (result === 'ok' ? 'ok' : 'refused'))).toEqual(['ok', 'ok']);
  expect(over).toBeInstanceOf(LimitExceededException);
});

test.each([
  ['no JSON', 'x'],
  ['no statement', '{}'],
  ['a principal', JSON.stringify({ Statement: { Effect: 'Allow', Action: '*', Resource: '*', Principal: '*' } })],
  ['no resource', JSON.stringify({ Statement: { Effect: 'Allow', Action: '*' } })],
  ['no effect', JSON.stringify({ Statement: { Action: '*', Resource: '*' } })],
])('a grant with %s is malformed', async (_what, document) => {
  const { put } = await withRole();
  expect(await caught(put('efs', document))).toMatchObject({ name: 'MalformedPolicyDocumentException' });
});

test('inline policies come in pages', async () => {
  const { iam, put } = await withRole();
  for (const name of ['a', 'b', 'c']) await put(name, grant(name));
  const list = (Marker?: string) => iam.send(new ListRolePoliciesCommand({ RoleName: 'billing', MaxItems: 2, Marker }));
  const first = await list();
  const second = await list(first.Marker);
  expect([first.PolicyNames, first.IsTruncated, second.PolicyNames, second.IsTruncated]).toEqual([
    ['a', 'b'],
    true,
    ['c'],
    false,
  ]);
});

test('the managed policies of AWS are there: any file system, no condition', async () => {
  const { iam } = await withRole();
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'billing', PolicyArn: FULL_ACCESS }));
  const attached = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: 'billing' }));
  const version = await iam.send(new GetPolicyVersionCommand({ PolicyArn: FULL_ACCESS, VersionId: 'v1' }));
  expect(attached.AttachedPolicies?.map((one) => one.PolicyName)).toEqual(['AmazonElasticFileSystemClientFullAccess']);
  expect(JSON.parse(decodeURIComponent(version.PolicyVersion?.Document ?? ''))).toMatchObject({
    Statement: [{ Effect: 'Allow', Resource: '*' }],
  });
});

test('a detached policy lingers as a document', async () => {
  const { iam, role } = await withRole();
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'billing', PolicyArn: FULL_ACCESS }));
  await iam.send(new DetachRolePolicyCommand({ RoleName: 'billing', PolicyArn: FULL_ACCESS }));
  expect(role()?.lingering.map((one) => one.document.includes('ClientRootAccess'))).toEqual([true]);
});

test('a role with policies cannot be deleted; made again it has another id', async () => {
  const { iam, put, role } = await withRole();
  const before = role()?.id;
  await put('efs', grant('fs-1'));
  const remove = () => iam.send(new DeleteRoleCommand({ RoleName: 'billing' }));
  const conflict = await caught(remove());
  await iam.send(new DeleteRolePolicyCommand({ RoleName: 'billing', PolicyName: 'efs' }));
  await remove();
  await iam.send(new CreateRoleCommand({ RoleName: 'billing', AssumeRolePolicyDocument: '{}' }));
  expect(conflict).toMatchObject({ name: 'DeleteConflictException' });
  expect([/^AROA[0-9A-F]{16}$/.test(role()?.id ?? ''), role()?.id === before]).toEqual([true, false]);
});

test('a tag with a comma is refused on a role', async () => {
  const { iam } = await withRole();
  const tag = (Value: string) => iam.send(new TagRoleCommand({ RoleName: 'billing', Tags: [{ Key: 'a', Value }] }));
  expect(await caught(tag('x,y'))).toMatchObject({ name: 'InvalidInputException' });
  await tag('x y');
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'billing' }));
  expect(Role?.Tags).toEqual([{ Key: 'a', Value: 'x y' }]);
});

test('a file-system policy remembers the role by its id: a new role of that name is another', async () => {
  const { account, iam, role } = await withRole();
  const efs = account.client(EFSClient);
  const { FileSystemId } = await efs.send(new CreateFileSystemCommand({ CreationToken: 'data' }));
  await account.clock.advance(60_000);
  const Statement = { Effect: 'Allow', Principal: { AWS: role()?.arn }, Action: 'elasticfilesystem:ClientMount' };
  await efs.send(new PutFileSystemPolicyCommand({ FileSystemId, Policy: JSON.stringify({ Statement }) }));
  const id = role()?.id;
  await iam.send(new DeleteRoleCommand({ RoleName: 'billing' }));
  await iam.send(new CreateRoleCommand({ RoleName: 'billing', AssumeRolePolicyDocument: '{}' }));
  const { Policy } = await efs.send(new DescribeFileSystemPolicyCommand({ FileSystemId }));
  expect(JSON.parse(Policy ?? '')).toMatchObject({ Statement: { Principal: { AWS: id } } });
});
