import type { CreateAccessPoint, DeleteAccessPoint } from '../../domain/action.ts';
import type { AccessPoint } from '../../domain/efs.ts';
import { TAG } from '../../domain/tags.ts';
import { Refusal } from '../../refusal.ts';
import type { World } from '../../world.ts';
import type { Act, Performed } from '../perform.ts';

const WAIT_MS = 2_000;
const WAITS = 60;

/** Makes the access point and waits until it is available. One that the token made before is adopted only if it is the same in every point. */
export async function createAccessPoint(action: CreateAccessPoint, { world }: Act): Promise<Performed> {
  const answer = await world.efs.createAccessPoint(action);
  const point = await untilAvailable(answer.id, world);
  if (answer.existed) mustMatch(point, action);
  const belonging = {
    resource: point.id,
    family: action.family,
    fileSystemId: action.fileSystemId,
    volume: action.volume,
    note: {
      path: action.path,
      arn: point.arn,
      ...(action.user ? { uid: String(action.user.uid), gid: String(action.user.gid) } : {}),
    },
  };
  await world.ledger.belongs(belonging, { isNew: !answer.existed });
  const name = `access-point:${action.volume}`;
  return {
    existed: answer.existed,
    made: { [`${name}:id`]: point.id, [`${name}:arn`]: point.arn, accessPointId: point.id },
  };
}

/** Before anything is made: a conditional write for each id. Of two runs that chose the same one, one plans anew. */
export async function reserveIds({ fileSystemId, user, owner }: CreateAccessPoint, world: World): Promise<void> {
  if (!user || owner === undefined) return;
  for (const id of new Set([user.uid, user.gid])) {
    if (id === 0) continue;
    const reserved = await world.ledger.reserve({ fileSystemId, id, owner });
    if (reserved.granted) continue;
    throw new Refusal('conflict', 'ChangedSince', {
      message: `${reserved.owner} has the id ${id} on ${fileSystemId} since; another one is chosen.`,
    });
  }
}

async function untilAvailable(id: string, world: World): Promise<AccessPoint> {
  for (let wait = 0; wait < WAITS; wait += 1) {
    world.forget();
    const point = await world.efs.accessPoint(id);
    if (point.state === 'present' && point.value.state === 'available') return point.value;
    if (point.state === 'present' && point.value.state !== 'creating') {
      throw new Refusal('permanent', 'AccessPointState', { message: `${id} is in the state ${point.value.state}.` });
    }
    await world.pause(WAIT_MS);
  }
  throw new Refusal('transient', 'AccessPointState', {
    message: `${id} did not become available in ${(WAIT_MS * WAITS) / 1000} seconds.`,
  });
}

function mustMatch(point: AccessPoint, action: CreateAccessPoint): void {
  const same =
    point.fileSystemId === action.fileSystemId &&
    point.path === action.path &&
    sameUser(point.user, action.user) &&
    point.tags[TAG.managed] === 'true' &&
    point.tags[TAG.spec] === action.tags[TAG.spec];
  if (same) return;
  throw new Refusal('conflict', 'DiffersFromPlan', {
    message: `${point.id} was made with the same client token but differs in file system, path, identity or tags; a person has to look at it.`,
  });
}

function sameUser(one: AccessPoint['user'], other: AccessPoint['user']): boolean {
  return one?.uid === other?.uid && one?.gid === other?.gid;
}

/** Only the access point goes; its directory and the data stay. */
export async function deleteAccessPoint(action: DeleteAccessPoint, { world }: Act): Promise<Performed> {
  const point = await world.efs.accessPoint(action.accessPointId);
  if (point.state === 'absent') return { existed: true, made: {} };
  if (point.state === 'unknown' || point.value.tags[TAG.managed] !== 'true') {
    throw new Refusal('permanent', 'NotOurs', {
      message: `${action.accessPointId} is not known to be made by Mountkeeper, so it was not deleted.`,
    });
  }
  await world.efs.deleteAccessPoint(action.accessPointId);
  await world.ledger.forget(action.accessPointId, action.family);
  return { existed: false, made: {} };
}
