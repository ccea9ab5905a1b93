import { bringToLife, MINUTE_MS, SCHEDULE } from '../../lib/cli/demo/throughput-week.ts';
import { doctor } from '../../lib/keepers/doctor/keeper.ts';
import { walk } from '../../lib/road.ts';
import { BREAK_NAMES, breakIt, breakOf } from '../../lib/simulator/break-it.ts';
import type { EstateWishes } from '../../lib/simulator/estate/spec.ts';
import { runEstate } from '../../lib/simulator/estate.ts';
import { functionRole } from '../../lib/simulator/stack/installation.ts';
import { worldOn } from '../../lib/simulator/world-on.ts';
import { furnished } from '../keepers/doctor/on-stage.ts';
import { sampleEntry } from '../ledger/samples.ts';
import { operator } from '../scenarios/operator.ts';
import { byHand, provisioned, setTags, untouched } from '../scenarios/provision-stage.ts';
import { type Stage, stage } from '../scenarios/stage.ts';

/** Nothing is heard, so that one function alone is at work. */
export const DEAF = { patterns: {} };
export const FRESH = { definitionTags: { 'mountkeeper:start': 'empty' } };
export const ON_INSTANCES: EstateWishes = { launch: 'EC2', networkMode: 'bridge' };

export type Run = () => Promise<Stage>;

/** A policy that is attached to the task role, so that its document is read. */
function attachPolicy({ account, estate }: Stage): void {
  const arn = `arn:aws:iam::${account.accountId}:policy/shared`;
  const document = '{"Version":"2012-10-17","Statement":[]}';
  account.state.iam.policies[arn] = {
    arn,
    name: 'shared',
    path: '/',
    defaultVersionId: 'v1',
    versions: { v1: document },
  };
  const role = account.state.iam.roles[estate.taskRoleName];
  if (role) role.attachedPolicies[arn] = { effectiveFromMs: 0 };
}

function broken(name: (typeof BREAK_NAMES)[number], wishes: EstateWishes): Run {
  return async () => {
    const at = stage(wishes);
    attachPolicy(at);
    breakIt(at.account, at.estate, name);
    await runEstate(at.account, at.estate);
    await at.account.bus.drain();
    return at;
  };
}

/** Each on Fargate where it can happen there, and what is read elsewhere besides. */
const failures: readonly Run[] = [
  ...BREAK_NAMES.map((name) => broken(name, breakOf(name).kinds.includes('fargate') ? {} : ON_INSTANCES)),
  ...(['sg-ingress', 'no-grant', 'credits-zero'] as const).flatMap((name) => [
    broken(name, { standalone: true }),
    broken(name, ON_INSTANCES),
  ]),
];

function invoked(name: 'remediate' | 'drift' | 'sweep' | 'revert', request: object, make: () => Stage): Run {
  return async () => {
    const at = make();
    attachPolicy(at);
    await at.installed.invoke(name, request);
    return at;
  };
}

function broke(name: (typeof BREAK_NAMES)[number], wishes: EstateWishes = {}): () => Stage {
  return () => {
    const at = stage(wishes, DEAF);
    breakIt(at.account, at.estate, name);
    return at;
  };
}

const provisions: readonly Run[] = [
  () => provisioned({ standalone: false, ...FRESH }),
  () => provisioned(FRESH),
  async () => {
    const at = untouched({ standalone: false, ...FRESH });
    setTags(at, { 'mountkeeper:wire': 'publish' });
    attachPolicy(at);
    await byHand(at);
    return at;
  },
  ...(['sg-ingress', 'sg-egress', 'no-grant'] as const).map((name) => async () => {
    const at = untouched({ standalone: false, ...FRESH });
    breakIt(at.account, at.estate, name);
    await byHand(at);
    return at;
  }),
];

/** Provisioned, known to the keeper, and then without its access point. */
export function withoutPoint(name: 'drift' | 'sweep', wishes: EstateWishes, wire?: 'publish'): Run {
  return async () => {
    const at = untouched({ ...wishes, ...FRESH }, DEAF);
    if (wire) setTags(at, { 'mountkeeper:wire': wire });
    await byHand(at);
    const request = { family: at.estate.family };
    await at.installed.invoke(name, request);
    await at.account.clock.advance(3_600_000);
    for (const { id } of Object.values(at.account.state.efs.accessPoints))
      await operator(at.account).deleteAccessPoint(id);
    for (const event of at.account.bus.events) if (name === 'drift') await at.installed.deliver('drift', event);
    await at.installed.invoke(name, request);
    return at;
  };
}

const drifts: readonly Run[] = [
  invoked('drift', { family: 'shop-api' }, broke('sg-ingress')),
  invoked('drift', { family: 'shop-api' }, broke('sg-egress')),
  invoked('drift', { family: 'shop-api' }, broke('no-grant')),
  invoked('drift', { family: 'shop-api' }, () => stage(ON_INSTANCES, DEAF)),
  withoutPoint('drift', { standalone: false }),
  withoutPoint('drift', { standalone: false }, 'publish'),
];

const sweeps: readonly Run[] = [
  invoked('sweep', {}, broke('sg-ingress')),
  invoked('sweep', {}, broke('sg-egress')),
  invoked('sweep', {}, broke('no-grant')),
  invoked('sweep', {}, () => stage(ON_INSTANCES, DEAF)),
  withoutPoint('sweep', { standalone: false }),
  withoutPoint('sweep', { standalone: false }, 'publish'),
];

/** A family that is gone, and a rule for it that keeps its group from being deleted. */
async function outlived(): Promise<Stage> {
  const at = stage({ keys: { service: false } });
  breakIt(at.account, at.estate, 'sg-ingress');
  await at.installed.invoke('sweep', {});
  const { ecs } = at.account.state;
  for (const arn of Object.keys(ecs.services)) delete ecs.services[arn];
  for (const revision of Object.values(ecs.taskDefinitions[at.estate.family]?.revisions ?? {}))
    revision.status = 'INACTIVE';
  await at.account.bus.drain();
  return at;
}

const leftovers: readonly Run[] = [
  async () => {
    const at = await outlived();
    await at.installed.invoke('sweep', {});
    return at;
  },
  async () => {
    const at = await outlived();
    await operator(at.account, 'terraform')
      .deleteGroup(at.estate.clientGroupId)
      .catch(() => undefined);
    await at.account.bus.drain();
    return at;
  },
];

/** What was taken back is made again: a revert can be reverted. */
export async function revertOfRevert(name: (typeof BREAK_NAMES)[number] = 'sg-ingress'): Promise<Stage> {
  const at = await revertAll(await broken(name, {})());
  const changes = await at.installed.world('revert').ledger.changes({});
  const revoked = changes.find(({ action }) => action.kind === 'revoke-rule');
  await at.installed.invoke('revert', { release: at.estate.family });
  await at.installed.invoke('revert', { change: revoked?.changeId });
  return at;
}

async function revertAll(at: Stage): Promise<Stage> {
  await at.installed.invoke('revert', { family: at.estate.family, deleteAccessPoints: true });
  return at;
}

const reverts: readonly Run[] = [
  ...(['sg-ingress', 'sg-egress', 'no-grant'] as const).map(
    (name) => async () => await revertAll(await broken(name, {})()),
  ),
  ...provisions.slice(0, 3).map((run) => async () => await revertAll(await run())),
  () => revertOfRevert(),
  async () => {
    const at = stage({ fileSystemTags: { 'mountkeeper:throughput': 'auto' } });
    const { fileSystemId } = at.estate;
    const entry = sampleEntry('change-1', {
      fileSystemId,
      family: at.estate.family,
      resource: fileSystemId,
      keeper: 'throughput',
      action: {
        kind: 'update-throughput',
        fileSystemId,
        mode: 'bursting',
        previousMode: 'elastic',
      },
      state: 'done',
    });
    await at.installed.world('throughput').ledger.intend(entry);
    await at.installed.invoke('revert', { change: 'change-1' });
    return at;
  },
];

export function examined(request: object, wishes: EstateWishes, name?: (typeof BREAK_NAMES)[number]): Run {
  return async () => {
    const at = furnished(wishes);
    attachPolicy(at);
    if (name) breakIt(at.account, at.estate, name);
    await runEstate(at.account, at.estate);
    const world = worldOn(at.account, functionRole(at.account, 'doctor'));
    await walk(doctor, request, { world, settings: at.installed.settings, runId: 'run' });
    return at;
  };
}

const ONE = { family: 'shop-api', cluster: 'shop' };
const examinations: readonly Run[] = [
  examined({ all: true }, {}),
  examined({ all: true }, ON_INSTANCES),
  examined(ONE, { standalone: true }),
  examined(ONE, { standalone: true }, 'sg-ingress'),
  examined(ONE, { standalone: true }, 'posix-mismatch'),
];

/** Busy at 30 MiB/s with few credits left, so that the first look buys. */
const watches: readonly Run[] = [
  async () => {
    const env = { MOUNTKEEPER_PRICE_PROVISIONED_USD: '6' };
    const at = stage({ fileSystemTags: { 'mountkeeper:throughput': 'auto' } }, { ...DEAF, env });
    const load = () => ({ readMibps: 0, writeMibps: 30 });
    bringToLife(at.account, at.estate.fileSystemId, { sizeGib: 100, creditMib: 500, load });
    await at.account.clock.advance(10 * MINUTE_MS);
    await at.installed.deliver('throughput', SCHEDULE);
    return at;
  },
];

/** The everyday work of every function. */
export const RUNS: readonly Run[] = [
  ...watches,
  ...failures,
  invoked('remediate', { taskDefinition: 'shop-api' }, () => stage({}, DEAF)),
  ...provisions,
  ...drifts,
  ...sweeps,
  ...leftovers,
  ...reverts,
  ...examinations,
];
