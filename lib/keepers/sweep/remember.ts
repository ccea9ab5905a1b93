import type { Decision } from '../../domain/plan.ts';
import { enrol } from '../../facts/enrolment.ts';
import type { FamilyFacts } from '../../facts/gather-family.ts';
import { eachInTurn } from '../../facts/in-turns.ts';
import { rememberRadius } from '../../facts/radius-memory.ts';
import type { Ended } from '../../keeper.ts';
import { idOwner } from '../../plan/id-owner.ts';
import { notable } from '../../plan/judge-family.ts';
import { currentRadius } from '../../plan/key-findings.ts';
import type { World } from '../../world.ts';
import { closeIncident } from '../close-incident.ts';
import { closings } from './closings.ts';
import { signatureOf, thingOf } from './decide.ts';
import { ROOM, type SweepFacts } from './gather.ts';
import type { LostPoint } from './gather-lost.ts';
import { type Measured, rememberCursor as rememberStartsCursor, STARTS } from './gather-starts.ts';
import { rememberDefinitions } from './known-definitions.ts';
import { memoryOf } from './starts.ts';

const AT_ONCE = 25;

/** What was told is remembered as told when it is out; of a family that could not be settled nothing is. */
export async function remember(facts: SweepFacts, world: World, ended: Ended): Promise<void> {
  await ended.published;
  const failed = new Set(ended.failed.flatMap(({ subject }) => subject.family ?? []));
  const families = facts.families.filter(({ family }) => !failed.has(family));
  const provisions = [...facts.provision].filter(([family]) => !failed.has(family));
  // What one of these cannot write is not the others' fault.
  const parts: readonly (() => Promise<void>)[] = [
    () =>
      eachInTurn(facts.newEnrolments, AT_ONCE, ({ family, enrolled, revision, isNew }) =>
        enrol({ family, enrolled, revision, atMs: facts.nowMs }, world, isNew),
      ),
    () =>
      eachInTurn(families.filter(isThere), AT_ONCE, (family) =>
        rememberRadius(currentRadius(family), family.remembered, world),
      ),
    () => rememberDefinitions(families.filter(isThere), facts.definitions, world),
    () => eachInTurn(facts.lost, 1, (lost) => find(lost, world)),
    () => eachInTurn(provisions, 1, ([, provision]) => provision.remember(ended)),
    () => eachInTurn(closings({ ...facts, families }), 1, (closing) => closeIncident(closing, 'sweep', world)),
    () => rememberStarts(facts.measured, world),
    () => rememberTold(facts, ended.settled, world),
    () => (facts.input.families === undefined ? rememberCursor(facts.cursor, world) : Promise.resolve()),
  ];
  await eachInTurn(parts, 1, async (part) => part());
}

function isThere({ optedIn, newest }: FamilyFacts): boolean {
  return optedIn && newest.state === 'present';
}

/** An access point's ids stay with its family: files carry them. */
async function find({ point, family, volume, share }: LostPoint, world: World): Promise<void> {
  const owner = idOwner({ family, ...(share === undefined ? {} : { share }) });
  const { fileSystemId, user } = point;
  for (const id of new Set(user ? [user.uid, user.gid] : [])) {
    if (id !== 0) await world.ledger.reserve({ fileSystemId, id, owner });
  }
  const ids = user ? { uid: String(user.uid), gid: String(user.gid) } : {};
  const note = { path: point.path, arn: point.arn, ...ids };
  await world.ledger.belongs({ resource: point.id, family, fileSystemId, volume, note });
}

async function rememberStarts(measured: Measured, world: World): Promise<void> {
  for (const one of measured.families) {
    if (one.starts.length > 0 || one.known === undefined) await world.ledger.keep(STARTS, one.family, memoryOf(one));
  }
  await rememberStartsCursor(measured, world);
}

async function rememberTold({ nowMs }: SweepFacts, decisions: readonly Decision[], world: World): Promise<void> {
  const told = decisions.filter(({ quiet, findings }) => !quiet && notable(findings).length > 0);
  await eachInTurn(told, AT_ONCE, (decision) =>
    world.ledger.keep('sweep-told', thingOf(decision), { signature: signatureOf(decision), atMs: nowMs }),
  );
}

async function rememberCursor(cursor: string | undefined, world: World): Promise<void> {
  if (cursor === undefined) await world.ledger.drop(ROOM, 'cursor');
  else await world.ledger.keep(ROOM, 'cursor', cursor);
}
