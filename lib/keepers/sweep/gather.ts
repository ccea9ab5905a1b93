import type { Task } from '../../domain/ecs.ts';
import type { Fact } from '../../domain/fact.ts';
import type { Incident } from '../../domain/incident.ts';
import { type Enrolment, enrolments } from '../../facts/enrolment.ts';
import { type FamilyFacts, gatherFamily } from '../../facts/gather-family.ts';
import type { UnusedGroup } from '../../facts/gather-unused.ts';
import { familiesLeftUntold } from '../../facts/left-untold.ts';
import { recallRadii } from '../../facts/radius-memory.ts';
import { needsProvisioning } from '../../plan/judge-family.ts';
import type { Radius } from '../../plan/radius.ts';
import type { Settings } from '../../settings.ts';
import type { World } from '../../world.ts';
import type { Provisioning } from '../provisioning.ts';
import { type Discovered, discover } from './discover.ts';
import { type GoneFamily, gatherGone } from './gather-gone.ts';
import { gatherLeftGroups } from './gather-left-groups.ts';
import { gatherLost, type LostPoint } from './gather-lost.ts';
import { gatherOpen } from './gather-open.ts';
import { gatherStarts, type Measured } from './gather-starts.ts';
import type { SweepInput } from './parse.ts';

export interface SweepFacts<P> {
  readonly input: SweepInput;
  readonly families: readonly FamilyFacts[];
  /** By family, where something has to be made for it. */
  readonly provision: Readonly<Record<string, P>>;
  /** What of the discovery the ledger does not know yet. */
  readonly newEnrolments: readonly Discovered[];
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
  readonly nowMs: number;
}

export interface Tools<P> {
  readonly world: World;
  readonly settings: Settings;
  readonly provisioning: Provisioning<P>;
}

/** Less than half of the function's time: what is found has to be settled as well. */
const READING_MS = 6 * 60_000;
const AT_ONCE = 25;
export const ROOM = 'sweep';

export async function gather<P>(input: SweepInput, tools: Tools<P>): Promise<SweepFacts<P>> {
  const { world } = tools;
  const [tagged, remembered, radii, told, cursor] = await Promise.all([
    world.tagged.taskDefinitions(),
    enrolments(world),
    recallRadii(world),
    world.ledger.recallAll('sweep-told'),
    world.ledger.recall(ROOM, 'cursor'),
  ]);
  await listings(radii, world);
  const all = discover(tagged, remembered);
  const wanted =
    input.family === undefined ? fromCursor(all, cursor) : all.filter((one) => one.family === input.family);
  const looked = await lookAt(wanted, { radii, world });
  const families = looked.families;
  const gone = families.filter(({ newest }) => newest.state === 'absent');
  const [provision, goneFacts, unused, open, lost, untold, measured] = await Promise.all([
    provisionOf(families, tools),
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
    provision,
    newEnrolments: newTo(remembered, all),
    gone: goneFacts,
    unused,
    open,
    lost,
    untold,
    measured,
    told,
    tagged,
    nowMs: world.nowMs(),
    ...(looked.cursor === undefined || input.family !== undefined ? {} : { cursor: looked.cursor }),
  };
}

/** Some listings instead of several reads for each family; where one is denied, each is read by itself. */
async function listings(radii: ReadonlyMap<string, Radius>, world: World): Promise<void> {
  const known = [...radii.values()].flatMap(({ things }) => Object.keys(things));
  await Promise.all([
    world.efs.fileSystems(),
    world.efs.everyAccessPoint(),
    world.efs.everyKnownMountTarget(new Set(known)),
    world.iam.everyRole(),
  ]);
}

function fromCursor(all: readonly Discovered[], cursor: unknown): readonly Discovered[] {
  return typeof cursor === 'string' ? all.filter(({ family }) => family > cursor) : all;
}

function newTo(remembered: readonly Enrolment[], all: readonly Discovered[]): readonly Discovered[] {
  const known = new Map(remembered.map((one) => [one.family, one.revision]));
  return all.filter(({ family, revision }) => known.get(family) !== revision);
}

interface Known {
  readonly radii: ReadonlyMap<string, Radius>;
  readonly world: World;
}

/** As many as the time allows, in order. */
async function lookAt(
  wanted: readonly Discovered[],
  { radii, world }: Known,
): Promise<{ readonly families: readonly FamilyFacts[]; readonly cursor?: string }> {
  const startedMs = world.nowMs();
  const families: FamilyFacts[] = [];
  for (let start = 0; start < wanted.length; start += AT_ONCE) {
    const last = wanted[start - 1];
    if (last && world.nowMs() - startedMs > READING_MS) return { families, cursor: last.family };
    const some = wanted.slice(start, start + AT_ONCE);
    families.push(...(await Promise.all(some.map((one) => gatherFamily(withRadius(one, radii), world)))));
  }
  return { families };
}

function withRadius({ family, enrolled }: Discovered, radii: ReadonlyMap<string, Radius>) {
  const remembered = radii.get(family);
  return { family, enrolled, ...(remembered && { remembered }) };
}

async function provisionOf<P>(families: readonly FamilyFacts[], tools: Tools<P>): Promise<Readonly<Record<string, P>>> {
  const found: (readonly [string, P])[] = [];
  for (const { family, optedIn, newest, units } of families) {
    if (!optedIn || newest.state !== 'present' || !needsProvisioning(units, newest.value)) continue;
    const facts = await tools.provisioning.gather(family, tools.world, tools.settings);
    if (facts !== undefined) found.push([family, facts]);
  }
  return Object.fromEntries(found);
}
