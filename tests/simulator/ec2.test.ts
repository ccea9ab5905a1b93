import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  DeleteSecurityGroupCommand,
  DeleteTagsCommand,
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  EC2Client,
  EC2ServiceException,
  GetManagedPrefixListEntriesCommand,
  type IpPermission,
  ModifySecurityGroupRulesCommand,
  paginateDescribeSecurityGroups,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { createAccount } from '../../lib/simulator/account.ts';
import { addSecurityGroup, addSubnet, addVpc } from '../../lib/simulator/services/ec2-network.ts';

function withGroups() {
  const account = createAccount();
  const ec2 = account.client(EC2Client);
  const vpc = addVpc(account, '10.0.0.0/16');
  const add = (name: string) => addSecurityGroup(account, { vpcId: vpc.id, name, description: name, tags: [] });
  return { account, ec2, vpc, target: add('efs'), task: add('task') };
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'ok',
    (error: Error) => error.name,
  );
}

const nfs = { IpProtocol: 'tcp', FromPort: 2049, ToPort: 2049 };
const fromGroup = (GroupId: string): IpPermission => ({ ...nfs, UserIdGroupPairs: [{ GroupId }] });
const fromBlock = (CidrIp: string): IpPermission => ({ ...nfs, IpRanges: [{ CidrIp }] });

test('a rule is tagged in the call and answers with its id', async () => {
  const { ec2, target, task } = withGroups();
  const answer = await ec2.send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId: target.id,
      IpPermissions: [{ ...nfs, UserIdGroupPairs: [{ GroupId: task.id, Description: 'Mountkeeper j-1' }] }],
      TagSpecifications: [
        { ResourceType: 'security-group-rule', Tags: [{ Key: 'mountkeeper:journal', Value: 'j-1' }] },
      ],
    }),
  );
  expect(answer.SecurityGroupRules).toMatchObject([
    {
      SecurityGroupRuleId: expect.stringMatching(/^sgr-[0-9a-f]{17}$/),
      GroupId: target.id,
      IsEgress: false,
      ReferencedGroupInfo: { GroupId: task.id },
      Description: 'Mountkeeper j-1',
      Tags: [{ Key: 'mountkeeper:journal', Value: 'j-1' }],
    },
  ]);
});

test('the same rule twice is a duplicate, whatever its description and the spelling of its protocol', async () => {
  const { ec2, target, task } = withGroups();
  const add = (IpPermissions: IpPermission[]) =>
    codeOf(ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: target.id, IpPermissions })));
  const again = { ...nfs, IpProtocol: '6', UserIdGroupPairs: [{ GroupId: task.id, Description: 'again' }] };
  expect([await add([fromGroup(task.id)]), await add([again])]).toEqual(['ok', 'InvalidPermission.Duplicate']);
});

test('a call with one bad rule adds none of its rules', async () => {
  const { account, ec2, target, task } = withGroups();
  const before = structuredClone(account.state.ec2.securityGroups);
  const IpPermissions = [fromGroup(task.id), fromGroup('sg-0123456789abcdef0')];
  const code = await codeOf(ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: target.id, IpPermissions })));
  expect([code, account.state.ec2.securityGroups]).toEqual(['InvalidGroup.NotFound', before]);
});

test('the 61st rule of a direction is refused; the other direction has its own sixty', async () => {
  const { ec2, target, task } = withGroups();
  const blocks = Array.from({ length: 60 }, (_, index) => fromBlock(`10.1.${index}.0/24`));
  const ingress = (IpPermissions: IpPermission[]) =>
    codeOf(ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: target.id, IpPermissions })));
  const egress = ec2.send(
    new AuthorizeSecurityGroupEgressCommand({ GroupId: target.id, IpPermissions: [fromGroup(task.id)] }),
  );
  expect([await ingress(blocks), await ingress([fromGroup(task.id)]), await codeOf(egress)]).toEqual([
    'ok',
    'RulesPerSecurityGroupLimitExceeded',
    'ok',
  ]);
});

test('a prefix list counts as its maximum of entries', async () => {
  const { account, ec2, target } = withGroups();
  const list = { id: 'pl-0123456789abcdef0', name: 'offices', ownerId: account.accountId, tags: [] };
  account.state.ec2.prefixLists[list.id] = {
    ...list,
    addressFamily: 'IPv4',
    maxEntries: 61,
    entries: [{ cidr: '10.9.0.0/16' }],
  };
  const IpPermissions = [{ ...nfs, PrefixListIds: [{ PrefixListId: list.id }] }];
  const code = await codeOf(ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: target.id, IpPermissions })));
  const entries = await ec2.send(new GetManagedPrefixListEntriesCommand({ PrefixListId: list.id }));
  expect([code, entries.Entries?.map((entry) => entry.Cidr)]).toEqual([
    'RulesPerSecurityGroupLimitExceeded',
    ['10.9.0.0/16'],
  ]);
});

test.each([
  ['tcp without ports', { IpProtocol: 'tcp', IpRanges: [{ CidrIp: '10.0.0.0/8' }] }, 'InvalidParameterValue'],
  [
    'ports the wrong way round',
    { ...nfs, ToPort: 2000, IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
    'InvalidParameterValue',
  ],
  ['no source', nfs, 'InvalidParameterValue'],
  ['a broken block', { ...nfs, IpRanges: [{ CidrIp: '10.0.0.0/33' }] }, 'InvalidParameterValue'],
  [
    'a description with a quote',
    { ...nfs, IpRanges: [{ CidrIp: '10.0.0.0/8', Description: '"' }] },
    'InvalidParameterValue',
  ],
  ['an unknown prefix list', { ...nfs, PrefixListIds: [{ PrefixListId: 'pl-1' }] }, 'InvalidPrefixListID.NotFound'],
])('a rule with %s is refused', async (_what, permission, code) => {
  const { ec2, target } = withGroups();
  const command = new AuthorizeSecurityGroupIngressCommand({ GroupId: target.id, IpPermissions: [permission] });
  expect(await codeOf(ec2.send(command))).toBe(code);
});

test('a rule for all protocols has no ports in DescribeSecurityGroups and -1 in DescribeSecurityGroupRules', async () => {
  const { ec2, target } = withGroups();
  const IpPermissions = [{ IpProtocol: '-1', FromPort: 1, ToPort: 2, IpRanges: [{ CidrIp: '10.0.0.0/8' }] }];
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: target.id, IpPermissions }));
  const group = (await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [target.id] }))).SecurityGroups?.[0];
  const rules = await ec2.send(
    new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [target.id] }] }),
  );
  expect(group?.IpPermissions?.map((one) => [one.IpProtocol, one.FromPort])).toEqual([['-1', undefined]]);
  expect(rules.SecurityGroupRules?.map((rule) => [rule.IsEgress, rule.FromPort])).toEqual([
    [true, -1],
    [false, -1],
  ]);
});

test('a rule is revoked by its id, once', async () => {
  const { ec2, target, task } = withGroups();
  const added = await ec2.send(
    new AuthorizeSecurityGroupIngressCommand({ GroupId: target.id, IpPermissions: [fromGroup(task.id)] }),
  );
  const SecurityGroupRuleIds = [added.SecurityGroupRules?.[0]?.SecurityGroupRuleId ?? ''];
  const revoke = () => ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: target.id, SecurityGroupRuleIds }));
  const first = await revoke();
  expect([first.RevokedSecurityGroupRules?.[0]?.ReferencedGroupId, await codeOf(revoke())]).toEqual([
    task.id,
    'InvalidSecurityGroupRuleId.NotFound',
  ]);
});

test('a property that matches nothing is success with a remark only in a default VPC', async () => {
  const { account, ec2, vpc, target, task } = withGroups();
  const revoke = () =>
    ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: target.id, IpPermissions: [fromGroup(task.id)] }));
  const elsewhere = await codeOf(revoke());
  account.state.ec2.vpcs[vpc.id] = { ...vpc, isDefault: true };
  expect([elsewhere, (await revoke()).UnknownIpPermissions?.length]).toEqual(['InvalidPermission.NotFound', 1]);
});

test('the open egress rule goes by its properties', async () => {
  const { account, ec2, task } = withGroups();
  const IpPermissions = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
  await ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId: task.id, IpPermissions }));
  expect(account.state.ec2.securityGroups[task.id]?.rules).toEqual({});
});

test('modifying a rule rewrites it and keeps its id', async () => {
  const { account, ec2, target, task } = withGroups();
  const added = await ec2.send(
    new AuthorizeSecurityGroupIngressCommand({ GroupId: target.id, IpPermissions: [fromGroup(task.id)] }),
  );
  const id = added.SecurityGroupRules?.[0]?.SecurityGroupRuleId ?? '';
  const SecurityGroupRule = { ...nfs, CidrIpv4: '10.0.0.0/16' };
  await ec2.send(
    new ModifySecurityGroupRulesCommand({
      GroupId: target.id,
      SecurityGroupRules: [{ SecurityGroupRuleId: id, SecurityGroupRule }],
    }),
  );
  expect(account.state.ec2.securityGroups[target.id]?.rules[id]).toMatchObject({ id, cidrIpv4: '10.0.0.0/16' });
  expect(account.state.ec2.securityGroups[target.id]?.rules[id]?.referencedGroup).toBeUndefined();
});

test('a group that is referred to cannot be deleted, a missing one is told by name', async () => {
  const { ec2, target, task } = withGroups();
  const remove = (GroupId: string) => ec2.send(new DeleteSecurityGroupCommand({ GroupId }));
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: target.id, IpPermissions: [fromGroup(task.id)] }));
  const gone = await remove('sg-0123456789abcdef0').catch((error: unknown) => error);
  expect([await codeOf(remove(task.id)), await codeOf(remove(target.id)), await codeOf(remove(task.id))]).toEqual([
    'DependencyViolation',
    'ok',
    'ok',
  ]);
  expect(gone).toBeInstanceOf(EC2ServiceException);
  expect(gone).toMatchObject({ message: "The security group 'sg-0123456789abcdef0' does not exist" });
});

test('a dry run says what would happen and does nothing', async () => {
  const { account, ec2, target, task } = withGroups();
  const before = structuredClone(account.state);
  const input = { GroupId: target.id, IpPermissions: [fromGroup(task.id)], DryRun: true };
  const probe = () => codeOf(ec2.send(new AuthorizeSecurityGroupIngressCommand(input)));
  const allowed = await probe();
  account.authorize = () => 'no';
  expect([allowed, await probe(), account.state.ec2]).toEqual(['DryRunOperation', 'UnauthorizedOperation', before.ec2]);
});

test('filters narrow by tag, wildcard and field; an unknown filter is refused', async () => {
  const { ec2, vpc, target } = withGroups();
  await ec2.send(
    new CreateTagsCommand({ Resources: [target.id], Tags: [{ Key: 'mountkeeper:allow', Value: 'true' }] }),
  );
  const find = async (Name: string, value: string) =>
    (await ec2.send(new DescribeSecurityGroupsCommand({ Filters: [{ Name, Values: [value] }] }))).SecurityGroups
      ?.length;
  expect([
    await find('tag:mountkeeper:allow', 'true'),
    await find('tag-key', 'mountkeeper:*'),
    await find('vpc-id', vpc.id),
    await find('group-name', 'ef?'),
    await find('group-name', 'nothing'),
    await codeOf(find('made-up', 'x')),
  ]).toEqual([1, 1, 3, 1, 0, 'InvalidParameterValue']);
});

test('tags are deleted only where the value agrees', async () => {
  const { account, ec2, target } = withGroups();
  const Resources = [target.id];
  await ec2.send(
    new CreateTagsCommand({
      Resources,
      Tags: [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '2' },
      ],
    }),
  );
  await ec2.send(new DeleteTagsCommand({ Resources, Tags: [{ Key: 'a', Value: 'other' }, { Key: 'b' }] }));
  expect(account.state.ec2.securityGroups[target.id]?.tags).toEqual([{ Key: 'a', Value: '1' }]);
});

test('groups page when a page size is asked for', async () => {
  const { ec2, vpc } = withGroups();
  for (const name of ['one', 'two', 'three', 'four']) {
    await ec2.send(new CreateSecurityGroupCommand({ GroupName: name, Description: name, VpcId: vpc.id }));
  }
  const sizes: (number | undefined)[] = [];
  for await (const page of paginateDescribeSecurityGroups({ client: ec2, pageSize: 5 }, {})) {
    sizes.push(page.SecurityGroups?.length);
  }
  expect(sizes).toEqual([5, 2]);
});

test('the network shows as AWS shows it: zones by id, DNS one attribute a call, the ACL of a subnet', async () => {
  const { account, ec2, vpc } = withGroups();
  const subnet = addSubnet(account, { vpcId: vpc.id, cidrBlock: '10.0.1.0/24', availabilityZone: 'eu-west-1b' });
  const described = await ec2.send(new DescribeSubnetsCommand({ SubnetIds: [subnet.id] }));
  const dns = await ec2.send(new DescribeVpcAttributeCommand({ VpcId: vpc.id, Attribute: 'enableDnsHostnames' }));
  const acls = await ec2.send(
    new DescribeNetworkAclsCommand({ Filters: [{ Name: 'association.subnet-id', Values: [subnet.id] }] }),
  );
  expect(described.Subnets?.[0]?.AvailabilityZoneId).toBe('euw1-az2');
  expect([dns.EnableDnsHostnames, dns.EnableDnsSupport]).toEqual([{ Value: false }, undefined]);
  expect(
    acls.NetworkAcls?.[0]?.Entries?.map((entry) => [entry.Egress, entry.RuleNumber, entry.Protocol, entry.PortRange]),
  ).toEqual([
    [false, 100, '-1', undefined],
    [false, 32_767, '-1', undefined],
    [true, 100, '-1', undefined],
    [true, 32_767, '-1', undefined],
  ]);
});

test('interfaces are counted by the group they carry', async () => {
  const { account, ec2, vpc, task } = withGroups();
  const base = { vpcId: vpc.id, subnetId: 'subnet-1', availabilityZone: 'eu-west-1a', interfaceType: 'interface' };
  for (const index of [1, 2]) {
    account.state.ec2.networkInterfaces[`eni-${index}`] = {
      ...base,
      id: `eni-${index}`,
      privateIpAddress: `10.0.0.${index}`,
      description: '',
      groups: [task.id],
      status: 'in-use',
      tags: [],
    };
  }
  const found = await ec2.send(
    new DescribeNetworkInterfacesCommand({ Filters: [{ Name: 'group-id', Values: [task.id] }] }),
  );
  expect(found.NetworkInterfaces?.map((card) => card.Groups)).toEqual([
    [{ GroupId: task.id, GroupName: 'task' }],
    [{ GroupId: task.id, GroupName: 'task' }],
  ]);
});
