import { absent, present } from '../../lib/domain/fact.ts';
import { called, onEstate, valueIn } from './on-estate.ts';

test('groups asked for together are read in one call; one that is not there spoils nothing', async () => {
  const { world, account, estate } = onEstate();
  const [target, client, missing] = await Promise.all([
    world.ec2.group(estate.mountTargetGroupId),
    world.ec2.group(estate.clientGroupId),
    world.ec2.group('sg-0123456789abcdef0'),
  ]);
  expect(valueIn(target)).toMatchObject({
    id: estate.mountTargetGroupId,
    vpcId: estate.vpcId,
    ownerId: '111122223333',
    ingress: [
      { protocol: 'tcp', fromPort: 2049, toPort: 2049, peer: { kind: 'group', groupId: estate.clientGroupId } },
    ],
    tags: { 'mountkeeper:allow': 'true' },
  });
  expect(valueIn(client).egress).toEqual([{ protocol: '-1', peer: { kind: 'ipv4', cidr: '0.0.0.0/0' } }]);
  expect(missing).toEqual(absent);
  expect(called(account)).toEqual(['DescribeSecurityGroups']);
});

test('every kind of peer is told apart', async () => {
  const { world, account, estate } = onEstate();
  const group = account.state.ec2.securityGroups[estate.mountTargetGroupId];
  const base = {
    groupId: estate.mountTargetGroupId,
    isEgress: false,
    protocol: 'tcp',
    fromPort: 2000,
    toPort: 3000,
    tags: [],
  };
  if (group) {
    group.rules['sgr-1'] = { ...base, id: 'sgr-1', cidrIpv4: '10.0.0.0/16' };
    group.rules['sgr-2'] = { ...base, id: 'sgr-2', cidrIpv6: '2001:db8::/32' };
    group.rules['sgr-3'] = { ...base, id: 'sgr-3', prefixListId: 'pl-0a' };
  }
  const peers = valueIn(await world.ec2.group(estate.mountTargetGroupId)).ingress.map((rule) => rule.peer);
  expect(peers).toEqual(
    expect.arrayContaining([
      { kind: 'ipv4', cidr: '10.0.0.0/16' },
      { kind: 'ipv6', cidr: '2001:db8::/32' },
      { kind: 'prefix-list', prefixListId: 'pl-0a' },
    ]),
  );
  const rules = valueIn(await world.ec2.rules(estate.mountTargetGroupId));
  expect(rules).toHaveLength(
    peers.length + (group ? Object.values(group.rules).filter((one) => one.isEgress).length : 0),
  );
  expect(rules).toContainEqual({
    id: 'sgr-3',
    groupId: estate.mountTargetGroupId,
    isEgress: false,
    protocol: 'tcp',
    fromPort: 2000,
    toPort: 3000,
    peer: { kind: 'prefix-list', prefixListId: 'pl-0a' },
    tags: {},
  });
});

test('a rule for all protocols has no ports', async () => {
  const { world, estate } = onEstate();
  const [rule] = valueIn(await world.ec2.rules(estate.clientGroupId));
  expect(rule).toMatchObject({ isEgress: true, protocol: '-1', peer: { kind: 'ipv4', cidr: '0.0.0.0/0' } });
  expect([rule?.fromPort, rule?.toPort]).toEqual([undefined, undefined]);
});

test('the default group of a VPC is found by its name', async () => {
  const { world, estate } = onEstate();
  expect(valueIn(await world.ec2.defaultGroup(estate.vpcId))).toMatchObject({
    id: estate.defaultGroupId,
    name: 'default',
  });
  expect(await world.ec2.defaultGroup('vpc-0123456789abcdef0')).toEqual(absent);
});

test('subnets and their ACLs are read together', async () => {
  const { world, account, estate } = onEstate();
  const ids = estate.zones.flatMap((zone) => [zone.appSubnetId, zone.dataSubnetId]);
  const [subnets, acls] = await Promise.all([
    Promise.all(ids.map((id) => world.ec2.subnet(id))),
    Promise.all(ids.map((id) => world.ec2.acl(id))),
  ]);
  expect(subnets.map(valueIn).map((subnet) => [subnet.id, subnet.zoneId, subnet.vpcId])).toEqual(
    estate.zones.flatMap((zone) => [
      [zone.appSubnetId, zone.id, estate.vpcId],
      [zone.dataSubnetId, zone.id, estate.vpcId],
    ]),
  );
  expect(valueIn(subnets[0] ?? absent).ipv4Cidr).toMatch(/^10\./);
  expect(acls.map(valueIn).map((acl) => acl.id)).toEqual(
    estate.zones.flatMap(() => [estate.appAclId, estate.dataAclId]),
  );
  expect(valueIn(acls[0] ?? absent).entries).toContainEqual(
    expect.objectContaining({ egress: false, allow: true, protocol: '-1', ipv4Cidr: '0.0.0.0/0' }),
  );
  expect(called(account).toSorted()).toEqual(['DescribeNetworkAcls', 'DescribeSubnets']);
  expect(account.roundTrips()).toBe(1);
});

test('both DNS attributes of a VPC are asked for at once', async () => {
  const { world, account, estate } = onEstate();
  const vpc = account.state.ec2.vpcs[estate.vpcId];
  if (vpc) vpc.enableDnsHostnames = false;
  expect(valueIn(await world.ec2.dns(estate.vpcId))).toEqual({ support: true, hostNames: false });
  expect(account.roundTrips()).toBe(1);
  expect(await world.ec2.dns('vpc-0123456789abcdef0')).toEqual(absent);
});

test('instances show where they stand; a terminated or unknown one is absent', async () => {
  const { world, account, estate } = onEstate({ launch: 'EC2' });
  const [first = '', ...rest] = Object.keys(account.state.ec2.instances);
  const found = await Promise.all([first, ...rest, 'i-0123456789abcdef0'].map((id) => world.ec2.instance(id)));
  expect(valueIn(found[0] ?? absent)).toEqual({
    id: first,
    subnetId: estate.zones[0]?.appSubnetId,
    privateIpv4: expect.stringMatching(/^10\./),
    groupIds: [estate.clientGroupId],
  });
  expect(found.at(-1)).toEqual(absent);
  expect(called(account)).toEqual(['DescribeInstances']);
  const kept = account.state.ec2.instances[first];
  if (kept) kept.state = 'terminated';
  world.forget();
  expect(await world.ec2.instance(first)).toEqual(absent);
});

test('a prefix list gives its ranges and how many rules it counts for', async () => {
  const { world, account } = onEstate();
  account.state.ec2.prefixLists['pl-0a'] = {
    id: 'pl-0a',
    name: 'offices',
    ownerId: '111122223333',
    addressFamily: 'IPv4',
    maxEntries: 20,
    entries: [{ cidr: '10.1.0.0/16' }, { cidr: '10.2.0.0/16' }],
    tags: [],
  };
  expect(valueIn(await world.ec2.prefixList('pl-0a'))).toEqual({
    id: 'pl-0a',
    cidrs: ['10.1.0.0/16', '10.2.0.0/16'],
    maxEntries: 20,
  });
  expect(await world.ec2.prefixList('pl-0b')).toEqual(absent);
});

test('interfaces that carry a group are counted up to a hundred', async () => {
  const { world, account, estate } = onEstate();
  expect(valueIn(await world.ec2.interfacesWith(estate.mountTargetGroupId))).toBe(3);
  const [sample] = Object.values(account.state.ec2.networkInterfaces);
  for (let index = 0; index < 150; index += 1) {
    const id = `eni-${String(index).padStart(17, '0')}`;
    if (sample) account.state.ec2.networkInterfaces[id] = { ...sample, id, groups: [estate.clientGroupId] };
  }
  expect(valueIn(await world.ec2.interfacesWith(estate.clientGroupId))).toBe(100);
  expect(valueIn(await world.ec2.interfaceGroups('eni-00000000000000007'))).toEqual([estate.clientGroupId]);
  expect(await world.ec2.interfaceGroups('eni-0fffffffffffffff0')).toEqual(absent);
});

test('the file systems whose mount targets carry a group are known from their interfaces', async () => {
  const { world, account, estate } = onEstate();
  expect(await world.ec2.fileSystemsBehind(estate.mountTargetGroupId)).toEqual(present([estate.fileSystemId]));
  expect(await world.ec2.fileSystemsBehind(estate.clientGroupId)).toEqual(present([]));
  const card = Object.values(account.state.ec2.networkInterfaces).find(({ interfaceType }) => interfaceType === 'efs');
  Object.assign(card ?? {}, { description: 'a mount target' });
  world.forget();
  expect((await world.ec2.fileSystemsBehind(estate.mountTargetGroupId)).state).toBe('unknown');
});

test('a denied batch is unknown for all who asked', async () => {
  const { world, account, estate } = onEstate();
  account.faults.inject({ match: { operation: 'DescribeSubnets' }, kind: 'deny' });
  const facts = await Promise.all(estate.zones.map((zone) => world.ec2.subnet(zone.appSubnetId)));
  expect(new Set(facts.map((fact) => JSON.stringify(fact)))).toEqual(
    new Set(['{"state":"unknown","why":"denied: this role may not call ec2:DescribeSubnets"}']),
  );
});
