import type { TaskDefinition } from '../../domain/ecs.ts';
import { seen } from '../../domain/fact.ts';
import type { FamilyFacts } from '../../facts/gather-family.ts';
import { eachInTurn } from '../../facts/in-turns.ts';
import { judgeUnit, needsProvisioning, notable } from '../../plan/judge-family.ts';
import { goneKeys } from '../../plan/key-findings.ts';
import type { World } from '../../world.ts';

/** What a revision says never changes, but for its tags; what it gives the containers is not kept. */
type Kept = Omit<TaskDefinition, 'tags' | 'raw'>;
type Tagged = Awaited<ReturnType<World['tagged']['taskDefinitions']>>;

export interface KnownDefinitions {
  /** By family: ARN of the revision that the ledger holds. */
  readonly kept: ReadonlyMap<string, string>;
  /** By family, where the revision that the ledger holds is still the newest one and its tags were listed. */
  readonly newest: ReadonlyMap<string, TaskDefinition>;
}

const ROOM = 'definitions';
const AT_ONCE = 25;
/** ListTaskDefinitions gives a hundred a call: up to so many revisions a family it is far cheaper than asking for each. */
const REVISIONS_A_FAMILY = 25;
const FEWEST_REVISIONS = 1_000;

/** The newest revisions that were seen before, by one listing for all. Nothing where an account has too many revisions. */
export async function recallDefinitions(tagged: Tagged, families: number, world: World): Promise<KnownDefinitions> {
  const most = Math.max(FEWEST_REVISIONS, families * REVISIONS_A_FAMILY);
  const [rows, listed] = await Promise.all([world.ledger.recallAll(ROOM), world.ecs.newestRevisions(most)]);
  const remembered = [...rows].map(([family, value]) => [family, value as Kept] as const);
  const tags = new Map((seen(tagged) ?? []).map((one) => [one.arn, one.tags]));
  const newest = remembered.flatMap(([family, kept]): readonly (readonly [string, TaskDefinition])[] => {
    const own = tags.get(kept.arn);
    const isNewest = seen(listed)?.get(family) === kept.arn;
    return own && isNewest ? [[family, { ...kept, tags: own, raw: {} }]] : [];
  });
  return { kept: new Map(remembered.map(([family, { arn }]) => [family, arn])), newest: new Map(newest) };
}

/**
 * Whether a family that was looked at with what is remembered is all right. Only that may be said of it: where anything
 * is to be told or done its newest revision is read, with the tags as they are now.
 */
export function isWell(facts: FamilyFacts): boolean {
  const { family, newest, optedIn, units } = facts;
  if (newest.state !== 'present' || !optedIn || units.length === 0) return false;
  if (needsProvisioning(units, newest.value) || goneKeys(facts).length > 0) return false;
  return units.every((unit) => {
    const { findings, plan } = judgeUnit(family, unit);
    return notable(findings).length + plan.steps.length + plan.withheld.length === 0;
  });
}

export async function rememberDefinitions(
  families: readonly FamilyFacts[],
  { kept }: KnownDefinitions,
  world: World,
): Promise<void> {
  const read = families.flatMap(({ newest }) => (newest.state === 'present' ? [newest.value] : []));
  const changed = read.filter(({ family, arn }) => kept.get(family) !== arn);
  await eachInTurn(changed, AT_ONCE, ({ raw: _raw, tags: _tags, ...definition }) => {
    const { keep, keepNew } = world.ledger;
    return (kept.has(definition.family) ? keep : keepNew)(ROOM, definition.family, definition satisfies Kept);
  });
}
