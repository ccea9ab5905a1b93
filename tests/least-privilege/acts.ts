import { doctor } from '../../lib/keepers/doctor/keeper.ts';
import { walk } from '../../lib/road.ts';
import { type BREAK_NAMES, breakIt } from '../../lib/simulator/break-it.ts';
import type { EstateWishes } from '../../lib/simulator/estate/spec.ts';
import { runEstate } from '../../lib/simulator/estate.ts';
import { functionRole } from '../../lib/simulator/stack/installation.ts';
import { worldOn } from '../../lib/simulator/world-on.ts';
import { furnished } from '../keepers/doctor/on-stage.ts';
import { operator } from '../scenarios/operator.ts';
import { byHand, setTags, untouched } from '../scenarios/provision-stage.ts';
import { type Stage, stage } from '../scenarios/stage.ts';

/** Nothing is heard, so that one function alone is at work. */
export const DEAF = { patterns: {} };
export const FRESH = { definitionTags: { 'mountkeeper:start': 'empty' } };
export const ON_INSTANCES: EstateWishes = { launch: 'EC2', networkMode: 'bridge' };

export type Run = () => Promise<Stage>;

/** A policy that is attached to the task role, so that its document is read. */
export function attachPolicy({ account, estate }: Stage): void {
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

export function broken(name: (typeof BREAK_NAMES)[number], wishes: EstateWishes): Run {
  return async () => {
    const at = stage(wishes);
    attachPolicy(at);
    breakIt(at.account, at.estate, name);
    await runEstate(at.account, at.estate);
    await at.account.bus.drain();
    return at;
  };
}

export function invoked(name: 'remediate' | 'drift' | 'sweep' | 'revert', request: object, make: () => Stage): Run {
  return async () => {
    const at = make();
    attachPolicy(at);
    await at.installed.invoke(name, request);
    return at;
  };
}

export function broke(name: (typeof BREAK_NAMES)[number], wishes: EstateWishes = {}): () => Stage {
  return () => {
    const at = stage(wishes, DEAF);
    breakIt(at.account, at.estate, name);
    return at;
  };
}

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

/** A family that is gone, and a rule for it that keeps its group from being deleted. */
export async function outlived(): Promise<Stage> {
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

/** What was taken back is made again: a revert can be reverted. */
export async function revertOfRevert(name: (typeof BREAK_NAMES)[number] = 'sg-ingress'): Promise<Stage> {
  const at = await revertAll(await broken(name, {})());
  const changes = await at.installed.world('revert').ledger.changes({});
  const revoked = changes.find(({ action }) => action.kind === 'revoke-rule');
  await at.installed.invoke('revert', { release: at.estate.family });
  await at.installed.invoke('revert', { change: revoked?.changeId });
  return at;
}

export async function revertAll(at: Stage): Promise<Stage> {
  await at.installed.invoke('revert', { family: at.estate.family, deleteAccessPoints: true });
  return at;
}

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
