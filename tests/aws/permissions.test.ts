import { actionOf } from '../../lib/aws/calls.ts';
import { actionsOf, PERMISSIONS, type Verb } from '../../lib/aws/permissions.ts';
import type { Account } from '../../lib/simulator/account.ts';
import type { Estate } from '../../lib/simulator/estate/spec.ts';
import { runEstate } from '../../lib/simulator/estate.ts';
import { worldOn } from '../../lib/simulator/world-on.ts';
import type { RuleWrite } from '../../lib/verbs.ts';
import type { World } from '../../lib/world.ts';
import { sampleEntry } from '../ledger/samples.ts';
import { onEstate } from './on-estate.ts';

interface Stage {
  readonly world: World;
  readonly account: Account;
  readonly estate: Estate;
}

type Use = (stage: Stage) => Promise<unknown>;

const GRANT = '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"elasticfilesystem:*","Resource":"*"}]}';
const DEFINITION = { family: 'orders', containerDefinitions: [{ name: 'app', image: 'example/app:1', memory: 128 }] };

function ruleOn({ estate }: Stage, direction: RuleWrite['direction'], peerGroupId: string): RuleWrite {
  const tags = { 'mountkeeper:journal': 'change-1' };
  return { direction, groupId: estate.mountTargetGroupId, peerGroupId, description: 'x', tags };
}

/** Makes a rule, and makes it again, so that the look-up of a duplicate happens as well. */
async function authorize(stage: Stage, direction: RuleWrite['direction']): Promise<void> {
  for (let time = 1; time <= 2; time += 1)
    await stage.world.ec2.authorize(ruleOn(stage, direction, stage.estate.defaultGroupId));
}

/** Made by another world, so that only the revocation is among the calls of the stage's own. */
async function revoke(stage: Stage, direction: RuleWrite['direction']): Promise<void> {
  const operator = worldOn(stage.account, 'arn:aws:iam::111122223333:user/operator');
  const { ruleId = '' } = await operator.ec2.authorize(ruleOn(stage, direction, stage.estate.defaultGroupId));
  await stage.world.ec2.revoke({ direction, groupId: stage.estate.mountTargetGroupId, ruleId });
}

async function policiesOfAll(stage: Stage): Promise<void> {
  attachShared(stage);
  await stage.world.iam.policies(stage.estate.taskRoleArn);
}

async function everyRole(stage: Stage): Promise<void> {
  attachShared(stage);
  await stage.world.iam.everyRole();
}

function attachShared({ account, estate }: Stage): void {
  const arn = 'arn:aws:iam::111122223333:policy/shared';
  const versions = { v1: GRANT };
  account.state.iam.policies[arn] = { arn, name: 'shared', path: '/', defaultVersionId: 'v1', versions };
  const role = account.state.iam.roles[estate.taskRoleName];
  if (role) role.attachedPolicies[arn] = { effectiveFromMs: 0 };
}

async function wholeLedger({ world: { ledger } }: Stage): Promise<void> {
  await ledger.lease('key', { holder: 'run', nowMs: 0, ttlMs: 1 });
  await ledger.intend(sampleEntry('c1'));
  await ledger.changes({});
  await ledger.hold('key', 'why', 0);
  await ledger.releaseHeld('key');
}

const USES: Readonly<Record<Verb, Use>> = {
  'ecs.taskDefinition': ({ world, estate }) => world.ecs.taskDefinition(estate.family),
  'ecs.families': ({ world }) => world.ecs.families(),
  'ecs.newestRevisions': ({ world }) => world.ecs.newestRevisions(1_000),
  'ecs.revisions': ({ world, estate }) => world.ecs.revisions(estate.family, { status: 'ACTIVE', limit: 5 }),
  'ecs.task': ({ world, estate, account }) =>
    world.ecs.task(estate.clusterArn, Object.keys(account.state.ecs.tasks)[0] ?? ''),
  'ecs.tasks': ({ world, estate }) => world.ecs.tasks(estate.clusterArn, { family: estate.family, status: 'RUNNING' }),
  'ecs.service': ({ world, estate }) => world.ecs.service(estate.clusterArn, estate.serviceArn ?? ''),
  'ecs.clusters': ({ world }) => world.ecs.clusters(),
  'ecs.services': ({ world }) => world.ecs.services(),
  'ecs.servicesOf': ({ world, estate }) => world.ecs.servicesOf(estate.family),
  'ecs.containerInstance': ({ world, estate }) =>
    world.ecs.containerInstance(estate.clusterArn, estate.containerInstanceArns[0] ?? ''),
  'ecs.register': ({ world }) => world.ecs.register(DEFINITION),
  'ecs.updateService': ({ world, estate }) =>
    world.ecs.updateService({
      clusterArn: estate.clusterArn,
      serviceArn: estate.serviceArn ?? '',
      forceNewDeployment: true,
    }),
  'efs.fileSystem': ({ world, estate }) => world.efs.fileSystem(estate.fileSystemId),
  'efs.fileSystems': ({ world }) => world.efs.fileSystems(),
  'efs.mountTargets': ({ world, estate }) => world.efs.mountTargets(estate.fileSystemId),
  'efs.mountTarget': ({ world, account }) =>
    world.efs.mountTarget(Object.keys(account.state.efs.mountTargets)[0] ?? ''),
  'efs.accessPoint': ({ world, estate }) => world.efs.accessPoint(estate.accessPointId ?? ''),
  'efs.accessPoints': ({ world, estate }) => world.efs.accessPoints(estate.fileSystemId),
  'efs.everyAccessPoint': ({ world }) => world.efs.everyAccessPoint(),
  'efs.everyKnownMountTarget': ({ world }) => world.efs.everyKnownMountTarget(new Set()),
  'efs.policy': async ({ world, estate, account }) => {
    delete account.state.efs.policies[estate.fileSystemId];
    await world.efs.policy(estate.fileSystemId);
  },
  'efs.createAccessPoint': ({ world, estate }) =>
    world.efs.createAccessPoint({
      kind: 'create-access-point',
      fileSystemId: estate.fileSystemId,
      family: 'orders',
      volume: 'data',
      clientToken: 'token',
      path: '/ecs/orders',
      tags: {},
    }),
  'efs.deleteAccessPoint': ({ world, estate }) => world.efs.deleteAccessPoint(estate.accessPointId ?? ''),
  'efs.updateThroughput': ({ world, estate }) =>
    world.efs.updateThroughput({ fileSystemId: estate.fileSystemId, mode: 'provisioned', mibps: 10 }),
  'ec2.group': ({ world, estate }) => world.ec2.group(estate.clientGroupId),
  'ec2.defaultGroup': ({ world, estate }) => world.ec2.defaultGroup(estate.vpcId),
  'ec2.rules': ({ world, estate }) => world.ec2.rules(estate.clientGroupId),
  'ec2.subnet': ({ world, estate }) => world.ec2.subnet(estate.zones[0]?.appSubnetId ?? ''),
  'ec2.acl': ({ world, estate }) => world.ec2.acl(estate.zones[0]?.appSubnetId ?? ''),
  'ec2.dns': ({ world, estate }) => world.ec2.dns(estate.vpcId),
  'ec2.instance': ({ world }) => world.ec2.instance('i-0123456789abcdef0'),
  'ec2.prefixList': ({ world }) => world.ec2.prefixList('pl-0123456789abcdef0'),
  'ec2.fileSystemsBehind': ({ world, estate }) => world.ec2.fileSystemsBehind(estate.mountTargetGroupId),
  'ec2.interfacesWith': ({ world, estate }) => world.ec2.interfacesWith(estate.clientGroupId),
  'ec2.interfaceGroups': ({ world }) => world.ec2.interfaceGroups('eni-0123456789abcdef0'),
  'ec2.authorize ingress': (stage) => authorize(stage, 'ingress'),
  'ec2.authorize egress': (stage) => authorize(stage, 'egress'),
  'ec2.revoke ingress': (stage) => revoke(stage, 'ingress'),
  'ec2.revoke egress': (stage) => revoke(stage, 'egress'),
  'iam.role': ({ world, estate }) => world.iam.role(estate.taskRoleArn),
  'iam.policies': policiesOfAll,
  'iam.everyRole': everyRole,
  'iam.inlinePolicy': ({ world, estate }) => world.iam.inlinePolicy(estate.taskRoleName, 'none'),
  'iam.putRolePolicy': ({ world, estate }) => world.iam.putRolePolicy(estate.taskRoleName, 'mountkeeper-fs', GRANT),
  'iam.deleteRolePolicy': ({ world, estate }) => world.iam.deleteRolePolicy(estate.taskRoleName, 'none'),
  'trail.runTask': ({ world, account }) => world.trail.runTask('arn:aws:ecs:eu-west-1:1:task/x', account.clock.nowMs()),
  'metrics.efs': ({ world, estate, account }) =>
    world.metrics.efs([
      {
        fileSystemId: estate.fileSystemId,
        metric: 'BurstCreditBalance',
        statistic: 'Minimum',
        fromMs: account.clock.nowMs() - 3_600_000,
        toMs: account.clock.nowMs(),
        periodSeconds: 60,
      },
    ]),
  'logs.phrases': ({ world, estate, account }) =>
    world.logs.phrases({ logGroup: estate.logGroup, phrases: ['denied'], fromMs: 0, toMs: account.clock.nowMs() }),
  'tagged.taskDefinitions': ({ world }) => world.tagged.taskDefinitions(),
  'parameters.get': ({ world }) => world.parameters.get('/mountkeeper/mode'),
  'parameters.under': ({ world }) => world.parameters.under('/mountkeeper/volumes'),
  'parameters.put': ({ world }) => world.parameters.put('/mountkeeper/mode', 'observe'),
  'parameters.remove': ({ world }) => world.parameters.remove('/mountkeeper/mode'),
  'plumbing.subscriptions': ({ world }) =>
    world.plumbing.subscriptions('arn:aws:sns:eu-west-1:111122223333:mountkeeper-alerts'),
  'plumbing.queueDepth': ({ world }) => world.plumbing.queueDepth('mountkeeper-failed'),
  'plumbing.rule': ({ world }) => world.plumbing.rule('mountkeeper-remediate-rule-1'),
  'plumbing.trails': ({ world, account }) => {
    const trail = { name: 'all', arn: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/all', multiRegion: true };
    account.state.cloudtrail.trails['all'] = { ...trail, logging: true, readWriteType: 'All' };
    return world.plumbing.trails();
  },
  publish: ({ world }) => world.publish({ subject: 'x', text: 'x', attributes: {}, chat: '{}' }),
  ledger: wholeLedger,
};

const ROLE = 'arn:aws:iam::111122223333:role/mountkeeper-tested';

test.each(Object.keys(PERMISSIONS) as Verb[])('%s makes just the calls that the table says', async (verb) => {
  const { account, estate } = onEstate({ launch: verb === 'ecs.containerInstance' ? 'EC2' : 'FARGATE' });
  if (verb === 'ecs.tasks' || verb === 'ecs.task') await runEstate(account, estate);
  await USES[verb]({ world: worldOn(account, ROLE), account, estate });
  const made = account.calls
    .filter((call) => call.caller === ROLE)
    .map((call) => actionOf(`${call.service}Client`, `${call.operation}Command`));
  expect([...new Set(made)].toSorted()).toEqual(PERMISSIONS[verb].calls.toSorted());
});

test('every verb of the world is in the table, and nothing else', () => {
  const { world } = onEstate();
  const rooms = ['ecs', 'efs', 'ec2', 'iam', 'trail', 'metrics', 'logs', 'tagged', 'parameters', 'plumbing'] as const;
  const verbs = rooms.flatMap((room) => Object.keys(world[room]).map((name) => `${room}.${name}`));
  const rows = Object.keys(PERMISSIONS).map((row) => row.split(' ')[0]);
  expect([...new Set(rows)].toSorted()).toEqual([...verbs, 'ledger', 'publish'].toSorted());
});

test('actions of several verbs are each named once, implied ones as well', () => {
  expect(actionsOf(['efs.mountTarget', 'efs.mountTargets', 'ec2.authorize ingress'])).toEqual([
    'ec2:AuthorizeSecurityGroupIngress',
    'ec2:CreateTags',
    'ec2:DescribeNetworkInterfaceAttribute',
    'ec2:DescribeSecurityGroupRules',
    'elasticfilesystem:DescribeMountTargetSecurityGroups',
    'elasticfilesystem:DescribeMountTargets',
  ]);
});
