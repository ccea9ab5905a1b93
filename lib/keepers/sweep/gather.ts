import type { Task } from '../../domain/ecs.ts';
import type { Fact } from '../../domain/fact.ts';
import type { Incident } from '../../domain/incident.ts';
import { askAhead } from '../../facts/ask-ahead.ts';
import { type Enrolment, enrolments } from '../../facts/enrolment.ts';
import { type FamilyFacts, gatherFamily } from '../../facts/gather-family.ts';
import type { UnusedGroup } from '../../facts/gather-unused.ts';
import { type Apart, inTurnsApart } from '../../facts/in-turns.ts';
import { familiesLeftUntold } from '../../facts/left-untold.ts';
import { recallRadii } from '../../facts/radius-memory.ts';
import type { Radius } from '../../plan/radius.ts';
import type { Settings } from '../../settings.ts';
import type { World } from '../../world.ts';
import { type Provision, type Provisioning, provisionEach } from '../provisioning.ts';
import { type Discovered, discover } from './discover.ts';
import { type GoneFamily, gatherGone } from './gather-gone.ts';
import { gatherLeftGroups } from './gather-left-groups.ts';
import { gatherLost, type LostPoint } from './gather-lost.ts';
import { gatherOpen } from './gather-open.ts';
import { gatherStarts, type Measured } from './gather-starts.ts';
import { isWell, type KnownDefinitions, recallDefinitions } from './known-definitions.ts';
import type { SweepInput } from './parse.ts';

export interface SweepFacts {
  readonly input: SweepInput;
  readonly families: readonly FamilyFacts[];
  /** By family, where something has to be made for it. */
  readonly provision: ReadonlyMap<string, Provision>;
  /** Families that could not be read, while the others were. */
  readonly failed: readonly Apart[];
  /** What of the discovery the ledger does not know yet. */
  readonly newEnrolments: readonly (Discovered & { readonly isNew: boolean })[];
  /** Opted in, and without any active revision. */
  readonly gone: readonly GoneFamily[];
  readonly unused: readonly UnusedGroup[];
  readonly open: readonly { readonly incident: Incident; readonly tasks: readonly Task[] }[];
  /** Access points of ours that the ledger does not know. */
  readonly lost: readonly LostPoint[];
  /** How long tasks took to start. */
  readonly measured: Measured;
  /** Families with changes that a run which died told nobody of. */
  readonly untold: ReadonlySet<string>;
  /** What was told lately, by thing. */
  readonly told: ReadonlyMap<string, unknown>;
  /** Where the next run goes on; absent where this one came through. */
  readonly cursor?: string;
  readonly tagged: Fact<unknown>;
  readonly definitions: KnownDefinitions;
  readonly nowMs: number;
}

export interface Tools {
  readonly world: World;
  readonly settings: Settings;
  readonly provisioning: Provisioning;
}

/** Less than half of the function's time: what is found has to be settled as well. */
const READING_MS = 6 * 60_000;
const AT_ONCE = 25;
export const ROOM = 'sweep';

export async function gather(input: SweepInput, tools: Tools): Promise<SweepFacts> {
  const { world } = tools;
  const recalling = recallRadii(world);
  const listing = listings(input, recalling, world);
  const [tagged, remembered, radii, told, cursor] = await Promise.all([
    world.tagged.taskDefinitions(),
    enrolments(world),
    recalling,
    world.ledger.recallAll('sweep-told'),
    world.ledger.recall(ROOM, 'cursor'),
  ]);
  const all = discover(tagged, remembered);
  const { families: only } = input;
  const wanted = only === undefined ? fromCursor(all, cursor) : all.filter(({ family }) => only.includes(family));
  if (wanted.length > 0) askAhead(world.ecs.services());
  const [definitions] = await Promise.all([recallDefinitions(tagged, all.length, world), listing]);
  const looked = await lookAt(wanted, { radii, definitions, world });
  const families = looked.families;
  const gone = families.filter(({ newest }) => newest.state === 'absent');
  const [provision, goneFacts, unused, open, lost, untold, measured] = await Promise.all([
    provisionEach(families, 1, (family) => tools.provisioning(family, world, tools.settings)),
    gatherGone(gone, world),
    gatherLeftGroups(families, world),
    gatherOpen(families, world),
    gatherLost(families, world),
    familiesLeftUntold(world),
    gatherStarts(families, world),
  ]);
  return {
    input,
    families,
    provision: provision.made,
    failed: [...looked.failed, ...provision.failed],
    newEnrolments: newTo(remembered, all),
    gone: goneFacts,
    unused,
    open,
    lost,
    untold,
    measured,
    told,
    tagged,
    definitions,
    nowMs: world.nowMs(),
    ...(looked.cursor === undefined || only !== undefined ? {} : { cursor: looked.cursor }),
  };
}

/** Some listings instead of several reads for each family; where one is denied, each is read by itself. */
function listings(
  { families }: SweepInput,
  recalling: Promise<ReadonlyMap<string, Radius>>,
  world: World,
): Promise<unknown> {
  if (families !== undefined) return Promise.resolve();
  askAhead(world.ecs.clusters());
  const listing = Promise.all([
    world.efs.fileSystems(),
    world.efs.everyAccessPoint(),
    world.iam.everyRole(),
    everyMountTarget(recalling, world),
  ]);
  askAhead(listing);
  return listing;
}

async function everyMountTarget(recalling: Promise<ReadonlyMap<string, Radius>>, world: World): Promise<unknown> {
  const known = [...(await recalling).values()].flatMap(({ things }) => Object.keys(things));
  return world.efs.everyKnownMountTarget(new Set(known));
}

function fromCursor(all: readonly Discovered[], cursor: unknown): readonly Discovered[] {
  return typeof cursor === 'string' ? all.filter(({ family }) => family > cursor) : all;
}

function newTo(remembered: readonly Enrolment[], all: readonly Discovered[]): SweepFacts['newEnrolments'] {
  const known = new Map(remembered.map((one) => [one.family, one.revision]));
  return all
    .filter(({ family, revision }) => known.get(family) !== revision)
    .map((one) => ({ ...one, isNew: !known.has(one.family) }));
}

interface Known {
  readonly radii: ReadonlyMap<string, Radius>;
  readonly definitions: KnownDefinitions;
  readonly world: World;
}

interface Looked {
  readonly families: readonly FamilyFacts[];
  readonly failed: readonly Apart[];
  readonly cursor?: string;
}

/** As many as the time allows, in order. */
async function lookAt(wanted: readonly Discovered[], known: Known): Promise<Looked> {
  const { world } = known;
  const startedMs = world.nowMs();
  const families: FamilyFacts[] = [];
  const failed: Apart[] = [];
  for (let start = 0; start < wanted.length; start += AT_ONCE) {
    const last = wanted[start - 1];
    if (last && world.nowMs() - startedMs > READING_MS) return { families, failed, cursor: last.family };
    const some = wanted.slice(start, start + AT_ONCE);
    const looked = await inTurnsApart(some, AT_ONCE, (one) => lookAtOne(one, known));
    families.push(...looked.done);
    failed.push(...looked.failed);
  }
  return { families, failed };
}

/** What is remembered of its newest revision may say that all is well, and nothing else. */
async function lookAtOne({ family, enrolled }: Discovered, { radii, definitions, world }: Known): Promise<FamilyFacts> {
  const remembered = radii.get(family);
  const input = { family, enrolled, ...(remembered && { remembered }) };
  const newest = definitions.newest.get(family);
  const known = newest && (await gatherFamily({ ...input, newest }, world));
  return known && isWell(known) ? known : gatherFamily(input, world);
}
