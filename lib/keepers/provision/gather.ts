import type { TaskDefinition } from '../../domain/ecs.ts';
import { seen } from '../../domain/fact.ts';
import { parseTaskDefinitionName } from '../../domain/ids.ts';
import { TAG } from '../../domain/tags.ts';
import { type Enrolment, enrolmentOf } from '../../facts/enrolment.ts';
import { othersOn } from '../../facts/gather-identity.ts';
import { gatherMount } from '../../facts/gather-mount.ts';
import type { World } from '../../world.ts';
import { isOurRole } from '../cloud-trail.ts';
import { ownPoint } from './access-point.ts';
import type { Belonging, Family, Move, ProvisionFacts, Sources, Storage } from './facts.ts';
import { gatherEarlier } from './gather-earlier.ts';
import { gatherServices } from './gather-services.ts';
import { type ProvisionInput, tookBack } from './parse.ts';
import { OFTEN, toolOf } from './registrar.ts';
import { registrarKnown } from './registrar-memory.ts';
import { parameterPath } from './snippets.ts';
import { wiredView } from './wire.ts';
import { type VolumeWish, wishesOf } from './wishes.ts';

const DAY_MS = 24 * 3_600_000;

/** Reads the newest active revision again, whatever the event said; of a family that did not opt in nothing more. */
export async function gather(input: ProvisionInput, world: World): Promise<ProvisionFacts> {
  const [newest, enrolment, belongings] = await Promise.all([
    world.ecs.taskDefinition(input.family),
    enrolmentOf(input.family, world),
    world.ledger.belongings(input.family),
  ]);
  const optedIn = isOptedIn(input, seen(newest), enrolment);
  const base = {
    input,
    accountId: world.self.accountId,
    newest,
    enrolment,
    belongings,
    optedIn,
    orphans: newest.state === 'absent' ? await orphansOf(belongings, world) : [],
    nowMs: world.nowMs(),
  };
  const definition = seen(newest);
  if (!definition || !optedIn) return base;
  return { ...base, family: await gatherFamily({ input, newest: definition, belongings }, world) };
}

/** A revision without the tag does not opt an enrolled family out; `false`, or taking the tag off, does. */
function isOptedIn(
  input: ProvisionInput,
  newest: TaskDefinition | undefined,
  enrolment: Enrolment | undefined,
): boolean {
  const tag = newest?.tags[TAG.enabled];
  if (tag !== undefined) return tag !== 'false';
  if (newest && tookBack(input, newest.revision)) return false;
  return enrolment?.enrolled === true;
}

async function orphansOf(belongings: readonly Belonging[], world: World) {
  const ids = belongings.map(({ resource }) => resource).filter((resource) => resource.startsWith('fsap-'));
  const points = await Promise.all([...new Set(ids)].map((id) => world.efs.accessPoint(id)));
  return points.flatMap((point) => (point.state === 'present' ? [point.value] : []));
}

interface Known {
  readonly input: ProvisionInput;
  readonly newest: TaskDefinition;
  readonly belongings: readonly Belonging[];
}

async function gatherFamily({ input, newest, belongings }: Known, world: World): Promise<Family> {
  const { family } = input;
  const sources = await sourcesOf(newest, world);
  const wishes = wishesOf(sources.source);
  const [storages, services, recent, published, registrar, roleFamilies] = await Promise.all([
    gatherStorages(wishes.volumes, world),
    gatherServices(input, { belongings, world }),
    world.ledger.changes({ family, sinceMs: world.nowMs() - DAY_MS }),
    world.parameters.under(parameterPath(family)),
    registrarOf(input, newest, world),
    familiesOnRole(sources.source, world),
  ]);
  const volumes = withOwnPoints(wishes.volumes, { family, storages });
  const view = wiredView({ source: sources.source, volumes });
  const [earlier, moved, mount] = await Promise.all([
    gatherEarlier({ wishes: wishes.volumes, pointed: volumes, source: sources.source }, world),
    movesOf(seen(services) ?? [], world),
    wishes.mistakes.length > 0 || wishes.volumes.length === 0
      ? undefined
      : gatherMount({ taskDefinition: view, services: seen(services) ?? [], roleFamilies }, world),
  ]);
  return {
    sources,
    wishes,
    storages,
    earlier,
    services,
    published,
    recent,
    moved,
    ...(registrar === undefined ? {} : { registrar }),
    ...(mount ? { mount } : {}),
  };
}

/** Ours may be made from an older revision than somebody's who registered in between: then theirs is built from. */
async function sourcesOf(newest: TaskDefinition, world: World): Promise<Sources> {
  const from = parseTaskDefinitionName(newest.tags[TAG.wiredFrom] ?? '')?.revision;
  const newestIsOurs = from !== undefined && (await isOurs(newest, world));
  if (!newestIsOurs || from === undefined) return { source: newest, newest, newestIsOurs };
  for (let revision = newest.revision - 1; revision > from; revision -= 1) {
    const between = seen(await world.ecs.taskDefinition(`${newest.family}:${revision}`));
    if (between?.status === 'ACTIVE' && !(await isOurs(between, world)))
      return { source: between, newest, newestIsOurs };
  }
  return { source: newest, newest, newestIsOurs };
}

/** A pipeline may copy our tags, so the tags alone prove nothing. */
async function isOurs({ family, tags, arn, registeredBy }: TaskDefinition, world: World): Promise<boolean> {
  if (registeredBy !== undefined && isOurRole(registeredBy, world.self)) return true;
  const wired = (await world.ledger.recall('wired', `${family} ${tags[TAG.spec] ?? ''}`)) as
    | { arn?: string }
    | undefined;
  return wired?.arn === arn;
}

async function gatherStorages(wishes: readonly VolumeWish[], world: World): Promise<Readonly<Record<string, Storage>>> {
  const ids = [...new Set(wishes.map(({ fileSystemId }) => fileSystemId))];
  const storages = ids.map(async (id) => {
    const [fileSystem, accessPoints, reservations] = await Promise.all([
      world.efs.fileSystem(id),
      world.efs.accessPoints(id),
      world.ledger.reservations(id),
      // The path of the mount asks for these later, and finds them read.
      world.efs.mountTargets(id),
      world.efs.policy(id),
    ]);
    return [id, { fileSystem, accessPoints, reservations }] as const;
  });
  return Object.fromEntries(await Promise.all(storages));
}

/** Enough for reading the path of the mount: a volume without an access point yet stands there with an empty one. */
function withOwnPoints(
  wishes: readonly VolumeWish[],
  { family, storages }: { readonly family: string; readonly storages: Readonly<Record<string, Storage>> },
) {
  return wishes.map((wish) => {
    const points = seen(storages[wish.fileSystemId]?.accessPoints ?? { state: 'absent' }) ?? [];
    const named = points.find(({ id }) => id === wish.present?.accessPointId);
    return { wish, point: named ?? ownPoint(points, { family, wish }) };
  });
}

/** The tool that made the newest revision: from the event that tells of it, else as it was remembered. */
async function registrarOf(
  { heard, userAgent, revision, family }: ProvisionInput,
  newest: TaskDefinition,
  world: World,
): Promise<string | undefined> {
  const told = heard === 'register' && revision === newest.revision && userAgent !== undefined;
  const tool = told ? toolOf(userAgent) : undefined;
  if (tool !== undefined) return tool;
  const known = await registrarKnown(family, world);
  // A person or a pipeline that registers takes over from a tool, not from whoever registers again and again.
  return told && known !== OFTEN ? undefined : known;
}

async function familiesOnRole({ taskRoleArn, family }: TaskDefinition, world: World): Promise<readonly string[]> {
  if (taskRoleArn === undefined) return [];
  const [others] = await Promise.all([othersOn(taskRoleArn, family, world), world.iam.policies(taskRoleArn)]);
  return others;
}

async function movesOf(
  services: readonly { readonly arn: string; readonly taskDefinitionArn: string }[],
  world: World,
): Promise<Readonly<Record<string, Move>>> {
  const moves = services.map(async ({ arn, taskDefinitionArn }): Promise<readonly (readonly [string, Move])[]> => {
    const known = (await world.ledger.recall('moved', arn)) as { taskDefinition: string } | undefined;
    if (!known || known.taskDefinition === taskDefinitionArn) return [];
    const specHash = seen(await world.ecs.taskDefinition(known.taskDefinition))?.tags[TAG.spec];
    return [[arn, { taskDefinitionArn: known.taskDefinition, ...(specHash === undefined ? {} : { specHash }) }]];
  });
  return Object.fromEntries((await Promise.all(moves)).flat());
}
