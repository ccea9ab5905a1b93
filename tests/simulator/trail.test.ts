import { readFileSync } from 'node:fs';
import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  LookupEventsCommand,
} from '@aws-sdk/client-cloudtrail';
import { AuthorizeSecurityGroupIngressCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateAccessPointCommand,
  CreateFileSystemCommand,
  DeleteAccessPointCommand,
  DescribeFileSystemsCommand,
  EFSClient,
  PutFileSystemPolicyCommand,
  TagResourceCommand,
} from '@aws-sdk/client-efs';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  GetResourcesCommand,
  paginateGetResources,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { createAccount } from '../../lib/simulator/account.ts';
import { addSecurityGroup, addVpc } from '../../lib/simulator/services/ec2-network.ts';

const ROLE = 'arn:aws:iam::111122223333:role/ci-deploy';

async function withAccessPoint() {
  const account = createAccount();
  const efs = account.client(EFSClient, ROLE);
  const { FileSystemId } = await efs.send(new CreateFileSystemCommand({ CreationToken: 'one' }));
  await account.clock.advance(60_000);
  const created = await efs.send(
    new CreateAccessPointCommand({
      FileSystemId,
      ClientToken: 'mk-9f2c',
      PosixUser: { Uid: 1000, Gid: 1000 },
      RootDirectory: {
        Path: '/mk/shop-api/data',
        CreationInfo: { OwnerUid: 1000, OwnerGid: 1000, Permissions: '0750' },
      },
      Tags: [
        { Key: 'Name', Value: 'shop-api-data' },
        { Key: 'mountkeeper:managed', Value: 'true' },
      ],
    }),
  );
  return { account, efs, FileSystemId, created };
}

/** The names of all members, so that two records can be compared by shape. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shape);
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, member]) => [name, shape(member)])
      .sort(),
  );
}

type Send = (efs: EFSClient, ids: { fileSystem: string | undefined; point: string | undefined }) => Promise<unknown>;
const POLICY = JSON.stringify({
  Statement: { Effect: 'Deny', Principal: '*', Action: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
});
const SAMPLED: readonly (readonly [sample: string, send: Send])[] = [
  ['efs-delete-access-point', (efs, { point }) => efs.send(new DeleteAccessPointCommand({ AccessPointId: point }))],
  [
    'efs-put-file-system-policy',
    (efs, { fileSystem: FileSystemId }) =>
      efs.send(new PutFileSystemPolicyCommand({ FileSystemId, Policy: POLICY, BypassPolicyLockoutSafetyCheck: false })),
  ],
  [
    'efs-tag-resource',
    (efs, { point }) => efs.send(new TagResourceCommand({ ResourceId: point, Tags: [{ Key: 'a', Value: 'b' }] })),
  ],
];

test.each(SAMPLED)('a record has the shape of the sample %s', async (sample, send) => {
  const { account, efs, FileSystemId, created } = await withAccessPoint();
  await send(efs, { fileSystem: FileSystemId, point: created.AccessPointId });
  const expected: unknown = JSON.parse(readFileSync(`events/${sample}.json`, 'utf8'));
  expect(shape(account.bus.events.at(-1))).toEqual(shape(expected));
});

test('members are lower case at their first letter, times are not ISO', async () => {
  const { account } = await withAccessPoint();
  expect(account.state.trail[0]).toMatchObject({
    eventName: 'CreateFileSystem',
    eventTime: '2026-09-01T10:00:00Z',
    requestParameters: { creationToken: 'one' },
    responseElements: { creationTime: 'Sep 1, 2026 10:00:00 AM', sizeInBytes: { valueInStandard: 6144 } },
    userIdentity: { type: 'AssumedRole', sessionContext: { sessionIssuer: { arn: ROLE } } },
  });
});

test('reads are not logged, failures are, with their code and without an answer', async () => {
  const { account, efs } = await withAccessPoint();
  await efs.send(new DescribeFileSystemsCommand({}));
  await efs.send(new DeleteAccessPointCommand({ AccessPointId: 'fsap-0123456789abcdef0' })).catch(() => undefined);
  account.faults.inject({ match: {}, kind: 'deny' });
  await efs.send(new CreateFileSystemCommand({ CreationToken: 'two' })).catch(() => undefined);
  const records = account.state.trail.slice(2);
  expect(records.map((one) => [one['eventName'], one['errorCode'], one['responseElements']])).toEqual([
    ['DeleteAccessPoint', 'AccessPointNotFound', null],
    ['CreateFileSystem', 'AccessDenied', null],
  ]);
});

test('IAM is logged in us-east-1 and not heard on the bus of the Region', async () => {
  const account = createAccount();
  await account.client(IAMClient).send(new CreateRoleCommand({ RoleName: 'billing', AssumeRolePolicyDocument: '{}' }));
  expect(account.state.trail.map((one) => one['awsRegion'])).toEqual(['us-east-1']);
  expect(account.bus.events).toEqual([]);
});

test('records of EC2 wrap lists in items and name them as the query API does', async () => {
  const account = createAccount();
  const vpc = addVpc(account, '10.0.0.0/16');
  const group = addSecurityGroup(account, { vpcId: vpc.id, name: 'efs', description: '', tags: [] });
  const UserIdGroupPairs = [{ GroupId: vpc.defaultSecurityGroupId }];
  await account.client(EC2Client).send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId: group.id,
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: 2049, ToPort: 2049, UserIdGroupPairs }],
    }),
  );
  expect(account.state.trail[0]).toMatchObject({
    requestParameters: {
      groupId: group.id,
      ipPermissions: { items: [{ ipProtocol: 'tcp', groups: { items: [{ groupId: vpc.defaultSecurityGroupId }] } }] },
    },
    responseElements: { _return: true, securityGroupRuleSet: { items: [{ groupId: group.id, isEgress: false }] } },
  });
});

test('the user agent of the client is in the record', async () => {
  const account = createAccount();
  const efs = new EFSClient({ ...account.clientConfig(), customUserAgent: [['Terraform', '1.9']] });
  efs.middlewareStack.use(account.plugin());
  await efs.send(new CreateFileSystemCommand({ CreationToken: 'one' }));
  expect(String(account.state.trail[0]?.['userAgent'])).toMatch(/aws-sdk-js\/3.*Terraform\/1\.9/);
});

test('the event history is looked up newest first, by one attribute', async () => {
  const { account, created } = await withAccessPoint();
  const trail = account.client(CloudTrailClient);
  const names = async (LookupAttributes?: { AttributeKey: 'EventName' | 'ResourceName'; AttributeValue: string }[]) => {
    const answer = await trail.send(new LookupEventsCommand({ LookupAttributes }));
    return answer.Events?.map((event) => event.EventName);
  };
  const byName = [{ AttributeKey: 'EventName' as const, AttributeValue: 'CreateFileSystem' }];
  const byResource = [{ AttributeKey: 'ResourceName' as const, AttributeValue: created.AccessPointId ?? '' }];
  expect([await names(), await names(byName), await names(byResource)]).toEqual([
    ['CreateAccessPoint', 'CreateFileSystem'],
    ['CreateFileSystem'],
    ['CreateAccessPoint'],
  ]);
  await expect(names([...byName, ...byResource])).rejects.toMatchObject({ name: 'InvalidLookupAttributesException' });
});

test('with rates the third lookup of a second is throttled to the end', async () => {
  const account = createAccount({ rates: true });
  const trail = account.client(CloudTrailClient);
  const look = () => trail.send(new LookupEventsCommand({}));
  await look();
  await look();
  await expect(look()).rejects.toMatchObject({ name: 'ThrottlingException' });
  await account.clock.advance(1_000);
  expect((await look()).Events).toEqual([]);
});

test('a trail says whether it logs, and what', async () => {
  const account = createAccount();
  const arn = 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/main';
  account.state.cloudtrail.trails['main'] = {
    name: 'main',
    arn,
    multiRegion: true,
    logging: false,
    readWriteType: 'WriteOnly',
  };
  const trail = account.client(CloudTrailClient);
  const all = await trail.send(new DescribeTrailsCommand({}));
  const status = await trail.send(new GetTrailStatusCommand({ Name: arn }));
  const selectors = await trail.send(new GetEventSelectorsCommand({ TrailName: 'main' }));
  expect([all.trailList?.[0]?.IsMultiRegionTrail, status.IsLogging, selectors.EventSelectors?.[0]]).toMatchObject([
    true,
    false,
    { ReadWriteType: 'WriteOnly', IncludeManagementEvents: true },
  ]);
});

test('tagged resources are found by kind and tag, a hundred a page', async () => {
  const { account, efs, created } = await withAccessPoint();
  const tagging = account.client(ResourceGroupsTaggingAPIClient);
  const TagFilters = [{ Key: 'mountkeeper:managed', Values: ['true'] }];
  const found = await tagging.send(new GetResourcesCommand({ ResourceTypeFilters: ['elasticfilesystem'], TagFilters }));
  expect(found).toMatchObject({
    PaginationToken: '',
    ResourceTagMappingList: [{ ResourceARN: created.AccessPointArn }],
  });
  for (let index = 0; index < 100; index += 1) {
    await efs.send(
      new CreateFileSystemCommand({ CreationToken: `t${index}`, Tags: [{ Key: 'a', Value: String(index) }] }),
    );
  }
  const sizes: (number | undefined)[] = [];
  for await (const page of paginateGetResources({ client: tagging }, {}))
    sizes.push(page.ResourceTagMappingList?.length);
  expect(sizes).toEqual([100, 1]);
});
