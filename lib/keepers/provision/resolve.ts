import { type Hold, hold } from '../../diagnosis/repairs/draft.ts';
import type { CreateAccessPoint } from '../../domain/action.ts';
import type { AccessPoint, FileSystem } from '../../domain/efs.ts';
import type { Fact } from '../../domain/fact.ts';
import { CATALOGUE, type Finding } from '../../domain/finding.ts';
import { TAG } from '../../domain/tags.ts';
import {
  changesOf,
  createPoint,
  formerPlacement,
  generationOf,
  isGone,
  ownPoint,
  type Placement,
  standInFor,
} from './access-point.ts';
import { dataElsewhere } from './earlier.ts';
import type { ProvisionFacts, Storage } from './facts.ts';
import { identityOf, takenOn } from './identity.ts';
import { placeOf } from './place.ts';
import { adoptionRefusal, type Rights, rightLost, shareRefusal } from './rights.ts';
import type { VolumeWish } from './wishes.ts';

/** How a volume gets its access point. */
export interface Resolved {
  readonly wish: VolumeWish;
  /** The access point to wire: one that is there, or a stand-in for the one that `creates` will make. */
  readonly point?: AccessPoint;
  readonly creates?: CreateAccessPoint;
  /** Why the access point must not be made, or the volume not be touched. */
  readonly hold?: Hold;
  readonly findings: readonly Finding[];
}

interface At {
  readonly facts: ProvisionFacts;
  readonly wish: VolumeWish;
  readonly fileSystem: FileSystem;
  readonly points: readonly AccessPoint[];
  readonly storage: Storage;
  /** Tells the stand-ins of one plan apart. */
  readonly index: number;
}

/** Data comes first: what is there is kept, and nothing that may hold data is put into a new directory unasked. */
export function resolve(facts: ProvisionFacts, wish: VolumeWish, index: number): Resolved {
  const storage = facts.family?.storages[wish.fileSystemId];
  const unread = unreadOf(wish, storage);
  if (unread) return refused(wish, unread);
  const fileSystem = storage?.fileSystem;
  if (fileSystem?.state !== 'present' || storage?.accessPoints.state !== 'present')
    return refused(wish, unseen(wish, ''));
  const at: At = { facts, wish, fileSystem: fileSystem.value, points: storage.accessPoints.value, storage, index };
  return named(at) ?? own(at) ?? made(at);
}

/** What could not be read is never taken for absent: nothing is made on it, and that is told. */
function unreadOf(wish: VolumeWish, storage: Storage | undefined): Finding | undefined {
  if (storage?.fileSystem.state === 'absent')
    return { code: 'file-system-missing', subject: wish.fileSystemId, evidence: { volume: wish.name } };
  const facts = [storage?.fileSystem, storage?.accessPoints];
  const unread = facts.find((fact) => fact?.state !== 'present');
  return unread?.state === 'unknown' ? unseen(wish, unread.why) : undefined;
}

function unseen({ name, fileSystemId }: VolumeWish, why: string): Finding {
  return { code: 'needs-a-person', subject: fileSystemId, evidence: { volume: name, why } };
}

/** The volume names an access point: it keeps it, unless it is gone and was ours, or was made for another family. */
function named(at: At): Resolved | undefined {
  const { wish, points, facts } = at;
  const id = wish.present?.accessPointId;
  if (id === undefined) return undefined;
  const point = points.find((one) => one.id === id && !isGone(one));
  if (!point) return facts.belongings.some(({ resource }) => resource === id) ? undefined : lost(wish, id);
  const { [TAG.family]: family, [TAG.managed]: managed } = point.tags;
  const foreign = managed === 'true' && family !== undefined && family !== facts.input.family;
  if (foreign)
    return refused(wish, { code: 'access-point-of-another', subject: id, evidence: { volume: wish.name, family } });
  return managed === 'true' ? kept(at, point) : { wish, point, findings: [] };
}

function lost(wish: VolumeWish, id: string): Resolved {
  return refused(wish, { code: 'access-point-missing', subject: id, evidence: { volume: wish.name } });
}

function own(at: At): Resolved | undefined {
  const point = ownPoint(at.points, { family: at.facts.input.family, wish: at.wish });
  return point && kept(at, point);
}

/** An access point of ours stays, whatever the tags say by now: its directory may hold data. */
function kept(at: At, point: AccessPoint): Resolved {
  const { wish } = at;
  const shared = shareRefusal(point.tags[TAG.share], rightsOf(at));
  if (shared) return refused(wish, shared);
  const changes = changesOf(point, wish);
  const findings: readonly Finding[] =
    Object.keys(changes).length === 0
      ? []
      : [{ code: 'identity-change-withheld', subject: point.id, evidence: { volume: wish.name, ...changes } }];
  return { wish, point, findings };
}

function made(at: At): Resolved {
  const { wish, facts, fileSystem, points } = at;
  const { family } = facts.input;
  const shared = shareRefusal(wish.share, rightsOf(at));
  if (shared) return refused(wish, shared);
  const planned = again(at) ?? (wish.start === 'keep' ? adopted(at) : placed(at));
  if ('refused' in planned) return refused(wish, planned.refused);
  const creates = createPoint({
    family,
    wish,
    placement: planned.placement,
    generation: generationOf({ family, wish }, { points, belongings: facts.belongings }),
  });
  const point = standInFor(creates, { id: standInId(at.index), fileSystem });
  const data = wish.start || wish.share !== undefined ? undefined : dataElsewhere({ wish, facts });
  const withheld = data && dataHold(data);
  const told: Finding = { code: 'volume-without-access-point', subject: wish.name, evidence: { path: creates.path } };
  const findings = [...planned.findings, told, ...(data?.state === 'present' ? [data.value] : [])];
  return { wish, point, creates, findings, ...(withheld ? { hold: withheld } : {}) };
}

function dataHold(data: Fact<Finding>): Hold | undefined {
  if (data.state === 'unknown')
    return hold('unknown', `Whether an earlier revision has data on this file system could not be read: ${data.why}`);
  if (data.state === 'absent') return undefined;
  return hold('person', `${CATALOGUE['volume-has-data'].title}. ${CATALOGUE['volume-has-data'].remedy}`);
}

type Planned = { readonly placement: Placement; readonly findings: readonly Finding[] } | { readonly refused: Finding };

/** In the place of an access point of ours that is gone: its directory is there, and its files have their owner. */
function again(at: At): Planned | undefined {
  const placement = formerPlacement(at.facts.belongings, at.wish);
  if (!placement) return undefined;
  const lost = rightLost(placement, rightsOf(at));
  return lost ? { refused: lost } : { placement, findings: [] };
}

/** The present path as it is: no creation info, no POSIX user, and only where the owner says so. */
function adopted(at: At): Planned {
  const path = at.wish.present?.rootDirectory ?? '/';
  const refusal = adoptionRefusal(path, rightsOf(at));
  return refusal ? { refused: refusal } : { placement: { path }, findings: [] };
}

function placed({ wish, facts, fileSystem, points, storage }: At): Planned {
  const { family } = facts.input;
  const place = placeOf(fileSystem, {
    family,
    volume: wish.name,
    ...(wish.share === undefined ? {} : { share: wish.share }),
  });
  if ('wrong' in place) {
    const evidence = { tag: TAG.basePath, value: fileSystem.tags[TAG.basePath] ?? '', expected: place.wrong };
    return { refused: { code: 'tag-invalid', subject: fileSystem.id, evidence } };
  }
  const taken = takenOn(storage.reservations, points);
  const identity = identityOf(wish, { family, fileSystem, taken });
  if ('refused' in identity) return identity;
  return { placement: { path: place.path, user: identity.user }, findings: identity.findings };
}

function rightsOf({ wish, fileSystem, points, facts }: At): Rights {
  return { wish, fileSystem, points, family: facts.input.family };
}

/** Stands for an id that EFS has not given yet; never sent, never shown. */
export function standInId(index: number): string {
  return `fsap-${'0'.repeat(12)}${index.toString(16).padStart(5, '0')}`;
}

function refused(wish: VolumeWish, finding: Finding): Resolved {
  return { wish, findings: [finding], hold: hold('person', CATALOGUE[finding.code].title) };
}
