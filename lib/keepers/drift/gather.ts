import type { AccessPoint } from '../../domain/efs.ts';
import { type Fact, seen } from '../../domain/fact.ts';
import { askAhead } from '../../facts/ask-ahead.ts';
import { hasEnrolled } from '../../facts/enrolment.ts';
import { type FamilyFacts, gatherFamily } from '../../facts/gather-family.ts';
import { gatherUnused, type UnusedGroup } from '../../facts/gather-unused.ts';
import { type Apart, inTurnsApart } from '../../facts/in-turns.ts';
import { familiesLeftUntold } from '../../facts/left-untold.ts';
import { recallRadius } from '../../facts/radius-memory.ts';
import type { Belonging } from '../../ledger/ledger.ts';
import type { Settings } from '../../settings.ts';
import type { World } from '../../world.ts';
import { type Provision, type ProvisionFor, type Provisioning, provisionEach } from '../provisioning.ts';
import { gatherProof, type ProofFacts } from './gather-proof.ts';
import type { DriftInput } from './parse.ts';

export interface DriftFacts {
  readonly input: DriftInput;
  /** Those whose mounts rest on what was changed. */
  readonly families: readonly FamilyFacts[];
  /** Families that could not be read, while the others were. */
  readonly failed: readonly Apart[];
  /** By family, where something has to be made for it. */
  readonly provision: ReadonlyMap<string, Provision>;
  /** The access point that was changed, where Mountkeeper made it. */
  readonly own?: { readonly accessPoint: Fact<AccessPoint>; readonly id: string };
  /** Families with changes that a run which died told nobody of. */
  readonly untold: ReadonlySet<string>;
  readonly unused?: UnusedGroup;
  readonly proof?: ProofFacts;
}

const AT_ONCE = 10;
const WAITS = 15;
const WAIT_MS = 2_000;

export async function gather(
  input: DriftInput,
  {
    world,
    settings,
    provisioning,
  }: { readonly world: World; readonly settings: Settings; readonly provisioning: Provisioning },
): Promise<DriftFacts> {
  const nothing = { input, families: [], failed: [], provision: new Map<string, never>(), untold: new Set<string>() };
  if (input.kind === 'proof') return { ...nothing, proof: await gatherProof(input.proof, world) };
  if (input.kind === 'blocked') return { ...nothing, unused: await gatherUnused(input.groupId, world) };
  const belongings = input.kind === 'changed' ? await belongingsOf(input.resource, world) : [];
  if (isDeletion(input) && belongings.length > 0) await untilGone(input.resource, world);
  const names = input.kind === 'family' ? [input.family] : [...new Set(belongings.map(({ family }) => family))];
  const provisionFor = onceEach((family) => provisioning(family, world, settings));
  // What is deleted has to be made again, mostly: what that takes is read beside the rest.
  if (isDeletion(input) && names.length <= AT_ONCE) askAhead(...names.map(provisionFor));
  const [looked, untold] = await Promise.all([
    inTurnsApart(
      names.map((family) => ({ family })),
      AT_ONCE,
      ({ family }) => familyOf(family, world),
    ),
    names.length > 0 ? familiesLeftUntold(world) : new Set<string>(),
  ]);
  const families = looked.done;
  const [provision, own] = await Promise.all([
    provisionEach(families, AT_ONCE, provisionFor),
    input.kind === 'changed' ? ownOf(input.resource, { belongings, world }) : undefined,
  ]);
  return {
    input,
    families,
    failed: [...looked.failed, ...provision.failed],
    provision: provision.made,
    untold,
    ...(own && { own }),
  };
}

function isDeletion(input: DriftInput): input is Extract<DriftInput, { kind: 'changed' }> {
  return input.kind === 'changed' && input.change?.call === 'DeleteAccessPoint';
}

/** A deleted access point is listed as `deleting` for some seconds; while it is, another one cannot take its place. */
async function untilGone(id: string, world: World): Promise<void> {
  for (let wait = 0; wait < WAITS; wait += 1) {
    if (seen(await world.efs.accessPoint(id))?.state !== 'deleting') return;
    await world.pause(WAIT_MS);
    world.forget();
  }
}

/** From the ledger; a mount target that is not known there belongs to whoever has its file system. */
async function belongingsOf(resource: string, world: World): Promise<readonly Belonging[]> {
  const known = await world.ledger.whose(resource);
  if (known.length > 0 || !resource.startsWith('fsmt-')) return known;
  const target = seen(await world.efs.mountTarget(resource));
  return target ? world.ledger.whose(target.fileSystemId) : [];
}

async function familyOf(family: string, world: World): Promise<FamilyFacts> {
  askAhead(world.ecs.taskDefinition(family), world.ecs.servicesOf(family));
  const [enrolled, remembered] = await Promise.all([hasEnrolled(family, world), recallRadius(family, world)]);
  return gatherFamily({ family, enrolled, ...(remembered && { remembered }) }, world);
}

function onceEach(ask: ProvisionFor): ProvisionFor {
  const asked = new Map<string, ReturnType<Provisioning>>();
  return (family) => {
    const found = asked.get(family) ?? ask(family);
    asked.set(family, found);
    return found;
  };
}

/** The ledger names the volume of what Mountkeeper made. */
async function ownOf(
  id: string,
  { belongings, world }: { readonly belongings: readonly Belonging[]; readonly world: World },
): Promise<DriftFacts['own']> {
  const isOwn = id.startsWith('fsap-') && belongings.some(({ volume }) => volume !== undefined);
  return isOwn ? { id, accessPoint: await world.efs.accessPoint(id) } : undefined;
}
