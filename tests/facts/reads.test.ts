import { gatherMount } from '../../lib/facts/gather-mount.ts';
import type { BreakName } from '../../lib/simulator/break-it.ts';
import { addGroup } from '../../lib/simulator/estate/network.ts';
import type { EstateWishes } from '../../lib/simulator/estate/spec.ts';
import { type Look, look, lookAfter, type Scene, scene } from './look.ts';

function countOf({ calls }: Look, operation: string): number {
  return calls.filter((call) => call === operation).length;
}

test('no call is made twice for the same thing', async () => {
  const set = scene();
  const before = set.account.calls.length;
  await lookAfter(set, 'sg-ingress');
  set.world.forget();
  const from = set.account.calls.length;
  await look(set);
  const asked = set.account.calls
    .slice(from)
    .map(({ service, operation, input }) => JSON.stringify([service, operation, input]));
  expect(before).toBe(0);
  expect(asked.filter((one, at) => asked.indexOf(one) !== at)).toEqual([]);
});

/**
 * The reads of a Fargate service in three zones, after its task definition and service are known: subnets, file system,
 * mount targets and the groups of each of the three, file-system policy, access point, role, its two lists of policies
 * and the one inline policy, two DNS attributes, ACLs, groups; and what the failure asks for on top.
 */
describe('calls and round trips', () => {
  test.each<[string, BreakName | undefined, EstateWishes, number, number]>([
    ['nothing wrong', undefined, {}, 16, 3],
    ['ingress missing: who else has the group, which file systems are behind', 'sg-ingress', {}, 19, 3],
    ['grant missing: policies of the execution role, who else has role and access point', 'no-grant', {}, 20, 3],
    ['credits: after the way was found open', 'credits-zero', {}, 20, 4],
    ['an ACL explains the time-out, so credits are not read', 'acl', {}, 19, 3],
    ['a volume without IAM: no role is read', 'iam-off', {}, 12, 3],
    ['a standalone task: the record of its RunTask call', 'sg-ingress', { standalone: true }, 20, 4],
  ])('%s', async (_name, name, wishes, calls, depth) => {
    const found = await lookAfter(scene(wishes), name);
    expect({ calls: found.calls.length, depth: found.depth, list: found.calls.toSorted() }).toMatchObject({
      calls,
      depth,
    });
  });
});

describe('only where it can be used', () => {
  test('ACLs, only across subnets', async () => {
    const set = scene();
    const { efs, ec2 } = set.account.state;
    for (const target of Object.values(efs.mountTargets)) {
      const zone = set.estate.zones.find(({ name }) => name === target.availabilityZoneName);
      Object.assign(target, { subnetId: zone?.appSubnetId });
    }
    expect(Object.keys(ec2.networkAcls).length).toBeGreaterThan(0);
    expect(countOf(await look(set), 'EC2.DescribeNetworkAcls')).toBe(0);
    expect(countOf(await look(scene()), 'EC2.DescribeNetworkAcls')).toBe(1);
  });

  test('the log, only of a task that had started and whose log group has the key', async () => {
    expect(countOf(await lookAfter(scene(), 'no-client-write'), 'CloudWatchLogs.FilterLogEvents')).toBe(1);
    expect(countOf(await lookAfter(scene(), 'no-grant'), 'CloudWatchLogs.FilterLogEvents')).toBe(0);
    const keyless = await lookAfter(scene({ keys: { logGroup: false } }), 'posix-mismatch');
    expect(countOf(keyless, 'CloudWatchLogs.FilterLogEvents')).toBe(0);
    expect(keyless.diagnosis.notChecked.map(({ what }) => what)).toEqual(['application log']);
  });

  test('credits, where asked for', async () => {
    expect(countOf(await look(scene(), { withCredits: true }), 'CloudWatch.GetMetricData')).toBe(1);
    expect(countOf(await look(scene()), 'CloudWatch.GetMetricData')).toBe(0);
  });

  test('the groups of mount targets, only where a task can reach them', async () => {
    const set = scene();
    Object.values(set.account.state.ecs.services).map((service) =>
      Object.assign(service.networkConfiguration?.awsvpcConfiguration ?? {}, { subnets: [] }),
    );
    for (const service of Object.values(set.account.state.ecs.services)) {
      for (const deployment of service.deployments) Object.assign(deployment, { networkConfiguration: undefined });
    }
    expect(countOf(await look(set), 'EC2.DescribeSecurityGroups')).toBe(0);
  });
});

describe('what AWS refuses is said, never taken for absent', () => {
  test.each([
    ['EC2', 'DescribeSecurityGroups', "ingress of the mount target's security groups"],
    ['EC2', 'DescribeSubnets', 'mount target in each zone'],
    ['EC2', 'DescribeNetworkAcls', 'network ACLs'],
    ['EC2', 'DescribeVpcAttribute', 'VPC DNS'],
    ['EFS', 'DescribeFileSystems', 'file system'],
    ['EFS', 'DescribeMountTargets', 'mount target in each zone'],
    ['EFS', 'DescribeAccessPoints', 'access point'],
    ['EFS', 'DescribeFileSystemPolicy', 'policies'],
    ['IAM', 'GetRolePolicy', 'policies'],
    ['IAM', 'ListRolePolicies', 'policies'],
  ])('%s.%s denied: %s is not checked', async (service, operation, what) => {
    const set = scene();
    set.account.faults.inject({ match: { service, operation }, kind: 'deny' });
    const { diagnosis, repair } = await look(set);
    expect(diagnosis.notChecked.map((one) => one.what)).toContain(what);
    expect(diagnosis.findings.filter(({ code }) => code !== 'not-checked')).toEqual([]);
    expect(repair.steps).toEqual([]);
  });

  test('interfaces that may not be counted hold the repair', async () => {
    const set = scene();
    set.account.faults.inject({ match: { service: 'EC2', operation: 'DescribeNetworkInterfaces' }, kind: 'deny' });
    const { repair } = await lookAfter(set, 'sg-ingress');
    expect([repair.steps, repair.withheld.map(({ heldBy }) => heldBy)]).toEqual([[], ['unknown']]);
  });

  test('a RunTask record that is not there leaves the groups unknown: a way that is shut for all is found all the same, and not opened', async () => {
    const set = scene({ standalone: true });
    set.account.faults.inject({ match: { service: 'CloudTrail', operation: 'LookupEvents' }, kind: 'deny' });
    const { diagnosis, repair, facts } = await lookAfter(set, 'sg-ingress');
    expect(facts.places.map(({ groupIds }) => groupIds.state)).toEqual(['unknown']);
    expect([repair.steps, repair.withheld.map(({ heldBy }) => heldBy)]).toEqual([[], ['unknown']]);
    expect(diagnosis.findings[0]?.code).toBe('security-group-ingress-missing');
  });
});

describe('where a workload can land', () => {
  const placesOf = ({ facts }: Look) =>
    facts.places.map(({ subnetId, groupIds, knownFrom, failed }) => ({
      subnetId,
      groups: groupIds.state === 'present' ? groupIds.value : groupIds.state,
      knownFrom,
      failed,
    }));
  const subnetsOf = ({ estate }: Scene) => estate.zones.map(({ appSubnetId }) => appSubnetId);

  test('all subnets of the service; the task stood in one of them', async () => {
    const set = scene();
    const groups = [set.estate.clientGroupId];
    expect(placesOf(await lookAfter(set, 'sg-ingress'))).toEqual(
      subnetsOf(set).map((subnetId, at) => ({ subnetId, groups, knownFrom: 'service', failed: at === 0 })),
    );
  });

  test('without groups the default one of the VPC', async () => {
    const set = scene();
    for (const service of Object.values(set.account.state.ecs.services)) {
      const none = { awsvpcConfiguration: { subnets: subnetsOf(set), securityGroups: [] } };
      Object.assign(service, { networkConfiguration: none });
      for (const deployment of service.deployments) Object.assign(deployment, { networkConfiguration: none });
    }
    const found = await lookAfter(set, 'sg-ingress');
    expect(placesOf(found)[0]).toMatchObject({ groups: [set.estate.defaultGroupId], knownFrom: 'vpc-default' });
    expect(found.repair.withheld.map(({ heldBy }) => heldBy)).toEqual(['person']);
  });

  test('each deployment has its own configuration; the failed task had that of its deployment', async () => {
    const set = scene();
    const newer = addGroup(set.account, { vpcId: set.estate.vpcId, name: 'newer', keyed: false });
    const found = await lookAfter(set, 'sg-ingress');
    const [service] = Object.values(set.account.state.ecs.services);
    const network = { awsvpcConfiguration: { subnets: subnetsOf(set), securityGroups: [newer] } };
    Object.assign(service ?? {}, { networkConfiguration: network });
    const again = await look(
      set,
      found.facts.task && found.facts.told ? { task: found.facts.task, told: found.facts.told } : {},
    );
    expect(placesOf(again).filter(({ failed }) => failed)).toEqual([
      { subnetId: subnetsOf(set)[0], groups: [set.estate.clientGroupId], knownFrom: 'service', failed: true },
    ]);
    expect(again.repair.steps).toHaveLength(2);
  });

  test('a standalone task: what its RunTask call asked for', async () => {
    const set = scene({ standalone: true });
    const found = await lookAfter(set, 'sg-ingress');
    expect(placesOf(found)).toEqual([
      { subnetId: subnetsOf(set)[0], groups: [set.estate.clientGroupId], knownFrom: 'run-task-record', failed: true },
    ]);
  });

  test('what was remembered of the task while its interface was alive needs no record', async () => {
    const set = scene({ standalone: true });
    const remembered = { subnetIds: subnetsOf(set).slice(0, 1), groupIds: [set.estate.clientGroupId] };
    const found = await lookAfter(set, 'sg-ingress', { remembered });
    expect(placesOf(found)).toMatchObject([{ knownFrom: 'event', failed: true }]);
    expect(countOf(found, 'CloudTrail.LookupEvents')).toBe(0);
  });

  test('with bridge networking that of the container instance', async () => {
    const set = scene({ launch: 'EC2' });
    const found = await lookAfter(set, 'sg-ingress');
    expect(placesOf(found)).toMatchObject([
      { knownFrom: 'instance', groups: [set.estate.clientGroupId], failed: true },
    ]);
    expect(found.diagnosis.notChecked[0]?.why).toMatch('only the container instance of this task');
  });

  test('nowhere known: said, and nothing made up', async () => {
    const set = scene({ standalone: true });
    const { diagnosis, facts } = await look(set);
    expect(facts.places).toEqual([]);
    expect(diagnosis.notChecked.map(({ why }) => why)).toEqual([
      'neither a service nor a task says where the family runs',
    ]);
  });
});

test('all EFS volumes are looked at, and a file system that two share is read once', async () => {
  const set = scene();
  const definition = await set.world.ecs.taskDefinition(set.estate.family);
  if (definition.state !== 'present') throw new Error('no task definition');
  const [first] = definition.value.volumes;
  if (!first) throw new Error('no volume');
  const twice = { ...definition.value, volumes: [first, { ...first, name: 'second' }] };
  const before = set.account.calls.length;
  const facts = await gatherMount({ taskDefinition: twice }, set.world);
  const made = set.account.calls.slice(before).filter(({ operation }) => operation === 'DescribeFileSystems');
  expect([facts.volumes.map(({ name }) => name), made.length]).toEqual([[first.name, 'second'], 1]);
});
