import type { AccessPoint } from '../../domain/efs.ts';
import type { Fact } from '../../domain/fact.ts';
import type { JournalEntry } from '../../domain/journal.ts';
import type { FamilyFacts } from '../../facts/gather-family.ts';
import { inTurns } from '../../facts/in-turns.ts';
import type { Belonging, Reservation } from '../../ledger/ledger.ts';
import type { World } from '../../world.ts';

/** A family without any active revision, and what is left of it. */
export interface GoneFamily {
  readonly family: string;
  readonly accessPoints: readonly { readonly belonging: Belonging; readonly point: Fact<AccessPoint> }[];
  /** Grants that Mountkeeper wrote and that are still there. */
  readonly grants: readonly JournalEntry[];
  /** Rules that Mountkeeper made and that are still there. */
  readonly rules: readonly JournalEntry[];
  readonly reservations: readonly Reservation[];
}

const AT_ONCE = 10;

export function gatherGone(gone: readonly FamilyFacts[], world: World): Promise<readonly GoneFamily[]> {
  return inTurns(gone, AT_ONCE, ({ family }) => goneFamily(family, world));
}

async function goneFamily(family: string, world: World): Promise<GoneFamily> {
  const [belongings, changes] = await Promise.all([world.ledger.belongings(family), world.ledger.changes({ family })]);
  const done = changes.filter(({ state }) => state === 'done');
  const points = belongings.filter(({ resource, volume }) => resource.startsWith('fsap-') && volume !== undefined);
  const fileSystems = [...new Set(points.flatMap(({ fileSystemId }) => fileSystemId ?? []))];
  const [accessPoints, grants, rules, reservations] = await Promise.all([
    Promise.all(
      points.map(async (belonging) => ({ belonging, point: await world.efs.accessPoint(belonging.resource) })),
    ),
    still(done, (entry) => hasGrant(entry, world)),
    still(done, (entry) => hasRule(entry, world)),
    Promise.all(fileSystems.map((id) => world.ledger.reservations(id))),
  ]);
  const owned = reservations.flat().filter(({ owner }) => owner === `family ${family}`);
  return { family, accessPoints, grants, rules, reservations: owned };
}

async function still(
  entries: readonly JournalEntry[],
  isThere: (entry: JournalEntry) => Promise<boolean>,
): Promise<readonly JournalEntry[]> {
  const found = await Promise.all(entries.map(async (entry) => ((await isThere(entry)) ? [entry] : [])));
  return found.flat();
}

async function hasGrant({ action }: JournalEntry, world: World): Promise<boolean> {
  if (action.kind !== 'put-role-policy') return false;
  return (await world.iam.inlinePolicy(action.roleName, action.policyName)).state === 'present';
}

async function hasRule({ action, made }: JournalEntry, world: World): Promise<boolean> {
  if (action.kind !== 'authorize-ingress' && action.kind !== 'authorize-egress') return false;
  const rules = await world.ec2.rules(action.groupId);
  return rules.state === 'present' && rules.value.some(({ id }) => id === made?.['ruleId']);
}
