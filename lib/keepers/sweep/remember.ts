import type { Decision } from '../../domain/plan.ts';
import { enrol } from '../../facts/enrolment.ts';
import { rememberRadius } from '../../facts/radius-memory.ts';
import { idOwner } from '../../plan/id-owner.ts';
import { notable } from '../../plan/judge-family.ts';
import { currentRadius } from '../../plan/key-findings.ts';
import type { World } from '../../world.ts';
import { closeIncident } from '../close-incident.ts';
import type { Provisioning } from '../provisioning.ts';
import { closings } from './closings.ts';
import { signatureOf, thingOf } from './decide.ts';
import { ROOM, type SweepFacts } from './gather.ts';
import type { LostPoint } from './gather-lost.ts';
import { type Measured, rememberCursor as rememberStartsCursor, STARTS } from './gather-starts.ts';
import { memoryOf } from './starts.ts';

export interface Settled<P> {
  readonly provisioning: Provisioning<P>;
  /** What was decided on these facts. */
  readonly decisions: readonly Decision[];
}

export async function remember<P>(facts: SweepFacts<P>, world: World, settled: Settled<P>): Promise<void> {
  for (const { family, enrolled, revision } of facts.newEnrolments) {
    await enrol({ family, enrolled, revision, atMs: facts.nowMs }, world);
  }
  for (const family of facts.families) {
    if (family.optedIn && family.newest.state === 'present')
      await rememberRadius(currentRadius(family), family.remembered, world);
  }
  for (const lost of facts.lost) await find(lost, world);
  for (const provision of Object.values(facts.provision)) await settled.provisioning.remember(provision, world);
  for (const closing of closings(facts)) await closeIncident(closing, 'sweep', world);
  await rememberStarts(facts.measured, world);
  await rememberTold(facts, settled.decisions, world);
  if (facts.input.family === undefined) await rememberCursor(facts.cursor, world);
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

async function rememberTold<P>({ nowMs }: SweepFacts<P>, decisions: readonly Decision[], world: World): Promise<void> {
  const told = decisions.filter(({ quiet, findings }) => !quiet && notable(findings).length > 0);
  for (const decision of told) {
    await world.ledger.keep('sweep-told', thingOf(decision), { signature: signatureOf(decision), atMs: nowMs });
  }
}

async function rememberCursor(cursor: string | undefined, world: World): Promise<void> {
  if (cursor === undefined) await world.ledger.drop(ROOM, 'cursor');
  else await world.ledger.keep(ROOM, 'cursor', cursor);
}
