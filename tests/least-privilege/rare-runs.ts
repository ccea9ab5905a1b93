import { AuthorizeSecurityGroupIngressCommand, EC2Client } from '@aws-sdk/client-ec2';
import { doctor } from '../../lib/keepers/doctor/keeper.ts';
import { walk } from '../../lib/road.ts';
import { breakIt } from '../../lib/simulator/break-it.ts';
import { runEstate } from '../../lib/simulator/estate.ts';
import { functionRole } from '../../lib/simulator/stack/installation.ts';
import { worldOn } from '../../lib/simulator/world-on.ts';
import { furnished } from '../keepers/doctor/on-stage.ts';
import { operator } from '../scenarios/operator.ts';
import { byHand, provisioned, register, untouched } from '../scenarios/provision-stage.ts';
import { type Stage, stage } from '../scenarios/stage.ts';
import { DEAF, examined, FRESH, ON_INSTANCES, type Run, revertOfRevert, withoutPoint } from './acts.ts';

const ONE = { family: 'shop-api' };

/** The mount target's group admits a prefix list too. */
async function admitList({ account, estate }: Stage): Promise<void> {
  const id = 'pl-0123456789abcdef0';
  account.state.ec2.prefixLists[id] = {
    id,
    name: 'offices',
    ownerId: account.accountId,
    addressFamily: 'IPv4',
    maxEntries: 10,
    entries: [{ cidr: '192.0.2.0/24' }],
    tags: [],
  };
  const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 2049, ToPort: 2049, PrefixListIds: [{ PrefixListId: id }] }];
  const order = { GroupId: estate.mountTargetGroupId, IpPermissions };
  await account.client(EC2Client).send(new AuthorizeSecurityGroupIngressCommand(order));
}

const behindLists: readonly Run[] = [
  ...(['drift', 'sweep'] as const).map((name) => async () => {
    const at = stage({}, DEAF);
    await admitList(at);
    await at.installed.invoke(name, ONE);
    return at;
  }),
  async () => {
    const at = stage({}, DEAF);
    await admitList(at);
    await at.installed.invoke('remediate', { taskDefinition: 'shop-api' });
    return at;
  },
  async () => {
    const at = untouched({ standalone: false, ...FRESH }, DEAF);
    await admitList(at);
    await byHand(at);
    return at;
  },
];

/** AWS writes the rule and the answer is lost: the call is repeated, and the duplicate is looked up. */
const lostAnswers: readonly Run[] = [
  async () => {
    const at = stage();
    breakIt(at.account, at.estate, 'sg-ingress');
    loseAnswer(at);
    await runEstate(at.account, at.estate);
    await at.account.bus.drain();
    return at;
  },
  async () => {
    const at = untouched({ standalone: false, ...FRESH }, DEAF);
    breakIt(at.account, at.estate, 'sg-ingress');
    loseAnswer(at);
    await byHand(at);
    return at;
  },
];

function loseAnswer({ account }: Stage): void {
  account.faults.inject({ match: { operation: 'AuthorizeSecurityGroupIngress' }, kind: 'timeout-after', times: 1 });
}

/** A second revision without a word about the directory: what the first one mounted is read. */
const laterRevisions: readonly Run[] = (['provision', 'drift', 'sweep'] as const).map((name) => async () => {
  const at = untouched({ standalone: false }, DEAF);
  await register(at);
  await at.installed.invoke(name, name === 'provision' ? { taskDefinition: 'shop-api' } : ONE);
  return at;
});

/** What the sweep reads of everything at once is refused, so it reads one by one. */
const oneByOne: readonly Run[] = [
  async () => {
    const at = stage({}, DEAF);
    for (const operation of ['GetAccountAuthorizationDetails', 'DescribeNetworkInterfaces'])
      at.account.faults.inject({ match: { operation }, kind: 'deny' });
    await at.installed.invoke('sweep', {});
    return at;
  },
];

/** EFS tells of a mount while trouble of the family is open. */
async function proved(): Promise<Stage> {
  const at = stage({ trail: true });
  await at.installed.invoke('sweep', {});
  breakIt(at.account, at.estate, 'sg-ingress');
  await at.installed.invoke('sweep', {});
  await at.account.clock.advance(60_000);
  await runEstate(at.account, at.estate);
  const connection = at.account.bus.events.find((event) => event['detail-type'].startsWith('AWS Service Event'));
  await at.installed.deliver('drift', connection);
  return at;
}

/** Two families share a role; what was done for the second is taken back, and the grant of the first stays. */
async function sharedRole(): Promise<Stage> {
  const at = await provisioned(FRESH);
  await register(at, { family: 'shop-web' });
  await byHand(at, 'shop-web');
  await at.installed.invoke('revert', { family: 'shop-web', deleteAccessPoints: true });
  return at;
}

/** The last of two publications is taken back: what the first one wrote is written again. */
async function publishedTwice(): Promise<Stage> {
  const at = await withoutPoint('drift', { standalone: false }, 'publish')();
  const changes = await at.installed.world('revert').ledger.changes({});
  const published = changes.filter(({ action }) => action.kind === 'publish-volume');
  const newest = published.toSorted((one, other) => other.atMs - one.atMs)[0];
  await at.installed.invoke('revert', { change: newest?.changeId });
  return at;
}

/** An egress rule of ours names a group that no mount target has any more: it would keep its owner from deleting it. */
function inTheWay(name: 'drift' | 'sweep'): Run {
  return async () => {
    const at = stage();
    breakIt(at.account, at.estate, 'sg-egress');
    await at.installed.invoke('sweep', {});
    const owner = operator(at.account);
    for (const { id } of Object.values(at.account.state.efs.mountTargets))
      await owner.setGroups(id, [at.estate.defaultGroupId]);
    await at.account.clock.advance(3_600_000);
    if (name === 'sweep') await at.installed.invoke('sweep', {});
    else await owner.deleteGroup(at.estate.mountTargetGroupId).catch(() => undefined);
    await at.account.bus.drain();
    return at;
  };
}

async function examinedBehindList(): Promise<Stage> {
  const at = furnished();
  await admitList(at);
  const world = worldOn(at.account, functionRole(at.account, 'doctor'));
  await walk(doctor, ONE, { world, settings: at.installed.settings, runId: 'run' });
  return at;
}

export const RARE_RUNS: readonly Run[] = [
  ...behindLists,
  ...lostAnswers,
  ...laterRevisions,
  ...oneByOne,
  proved,
  inTheWay('sweep'),
  inTheWay('drift'),
  () => revertOfRevert('sg-egress'),
  sharedRole,
  publishedTwice,
  examinedBehindList,
  examined({ family: 'unknown' }, {}),
  examined({ ...ONE, cluster: 'shop' }, { ...ON_INSTANCES, standalone: true }),
];
