import type { AccessPoint, FileSystem, PosixUser } from '../../domain/efs.ts';
import type { Finding } from '../../domain/finding.ts';
import { fingerprint } from '../../domain/fingerprint.ts';
import { hasKey, TAG } from '../../domain/tags.ts';
import { idOwner } from '../../plan/id-owner.ts';
import type { Reservation } from './facts.ts';
import type { Mounting, VolumeWish } from './wishes.ts';

/** Who has which id on one file system. */
export type Taken = ReadonlyMap<number, string>;

export interface Identified {
  readonly user: PosixUser;
  /** Told beside it: why this identity. */
  readonly findings: readonly Finding[];
}

export type Identity = Identified | { readonly refused: Finding };

export interface Asking {
  readonly family: string;
  readonly fileSystem: FileSystem;
  readonly taken: Taken;
}

const DEFAULT_RANGE = { first: 10_000, last: 59_999 };

/**
 * Who has an id: by reservation, else by an access point that carries it. Ids of access points that others made count
 * as well, and where the ledger lost its rows the access points stand for them.
 */
export function takenOn(reservations: readonly Reservation[], points: readonly AccessPoint[]): Taken {
  const byPoint = points.flatMap((point) => idsOf(point.user).map((id) => [id, holderOf(point)] as const));
  return new Map([...byPoint, ...reservations.map(({ id, owner }) => [id, owner] as const)]);
}

function idsOf(user: PosixUser | undefined): readonly number[] {
  return user ? [user.uid, user.gid, ...(user.secondaryGids ?? [])] : [];
}

function holderOf({ id, tags }: AccessPoint): string {
  const { [TAG.family]: family, [TAG.share]: share } = tags;
  if (tags[TAG.managed] !== 'true' || family === undefined) return `access point ${id}`;
  return idOwner({ family, ...(share === undefined ? {} : { share }) });
}

/** uid and gid of a volume: from its tag, else from its containers' numeric user, else allocated. */
export function identityOf(wish: VolumeWish, asking: Asking): Identity {
  const { share } = wish;
  if (share !== undefined) return allocated(wish, { asking, why: `the share ${share} has an identity of its own` });
  if (wish.uid !== undefined) return explicit(wish, { uid: wish.uid, gid: wish.gid ?? wish.uid }, asking);
  const users = distinct(wish.mountedBy.flatMap(numericUser));
  if (users.length > 1) return { refused: ambiguous(wish, users) };
  const [user] = users;
  if (!user || user.uid === 0) return withGid(allocated(wish, { asking, why: whyAllocated(user) }), wish, asking);
  const implied = { uid: user.uid, gid: wish.gid ?? user.gid };
  const other = takenBy(implied, wish, asking);
  if (other === undefined) return withGid({ user: implied, findings: [] }, wish, asking);
  const why = `the containers run as uid ${user.uid}, which ${other} has on this file system; the access point maps it`;
  return withGid(allocated(wish, { asking, why }), wish, asking);
}

function explicit(wish: VolumeWish, user: PosixUser, asking: Asking): Identity {
  const root = rootRefusal(wish, user, asking.fileSystem);
  if (root) return { refused: root };
  const other = takenBy(user, wish, asking);
  if (other !== undefined) return { refused: refusal('identity-taken', { wish, user, owner: other }) };
  return { user, findings: [] };
}

/** Root only where the storage owner allows it. */
export function rootRefusal(wish: VolumeWish, user: PosixUser, { tags }: FileSystem): Finding | undefined {
  const isRoot = user.uid === 0 || user.gid === 0;
  return isRoot && !hasKey(tags, TAG.allowRoot) ? refusal('root-not-allowed', { wish, user }) : undefined;
}

/** A gid that is asked for by its tag alone is held to the same rules as a uid. */
function withGid(identity: Identity, wish: VolumeWish, asking: Asking): Identity {
  if ('refused' in identity || wish.gid === undefined) return identity;
  const checked = explicit(wish, { uid: identity.user.uid, gid: wish.gid }, asking);
  return 'refused' in checked ? checked : { ...checked, findings: identity.findings };
}

function takenBy(user: PosixUser, wish: VolumeWish, { family, taken }: Asking): string | undefined {
  const mine = idOwner({ family, ...(wish.share === undefined ? {} : { share: wish.share }) });
  const others = [user.uid, user.gid].filter((id) => id !== 0).map((id) => taken.get(id));
  return others.find((owner) => owner !== undefined && owner !== mine);
}

/** The owner's own id in the range where it has one, else the first free one from a place of its own: few meet. */
function allocated(wish: VolumeWish, { asking, why }: { readonly asking: Asking; readonly why: string }): Identity {
  const range = rangeOf(asking.fileSystem);
  if (!range) return { refused: rangeMistake(asking.fileSystem) };
  const owner = idOwner({ family: asking.family, ...(wish.share === undefined ? {} : { share: wish.share }) });
  const id = ownId(owner, asking.taken, range) ?? freeId(owner, asking.taken, range);
  if (id === undefined) return { refused: { code: 'identity-exhausted', subject: asking.fileSystem.id, evidence: {} } };
  const finding: Finding = {
    code: 'identity-allocated',
    subject: wish.name,
    evidence: { uid: String(id), gid: String(id), why },
  };
  return { user: { uid: id, gid: id }, findings: [finding] };
}

interface Range {
  readonly first: number;
  readonly last: number;
}

function ownId(owner: string, taken: Taken, { first, last }: Range): number | undefined {
  const mine = [...taken].filter(([id, holder]) => holder === owner && id >= first && id <= last).map(([id]) => id);
  return mine.length === 0 ? undefined : Math.min(...mine);
}

function freeId(owner: string, taken: Taken, { first, last }: Range): number | undefined {
  const size = last - first + 1;
  const start = Number.parseInt(fingerprint(owner), 36) % size;
  for (let step = 0; step < size && step <= taken.size; step += 1) {
    const id = first + ((start + step) % size);
    if (!taken.has(id)) return id;
  }
  return undefined;
}

function rangeOf({ tags }: FileSystem): Range | undefined {
  const text = tags[TAG.uidRange];
  if (text === undefined) return DEFAULT_RANGE;
  const match = /^([1-9][0-9]{0,9})-([1-9][0-9]{0,9})$/.exec(text);
  const range = { first: Number(match?.[1]), last: Number(match?.[2]) };
  return match && range.first <= range.last && range.last <= 4_294_967_295 ? range : undefined;
}

function rangeMistake({ id, tags }: FileSystem): Finding {
  const evidence = { tag: TAG.uidRange, value: tags[TAG.uidRange] ?? '', expected: 'a range such as 10000-59999' };
  return { code: 'tag-invalid', subject: id, evidence };
}

/** `uid` or `uid:gid`; names can only be resolved in the image, so they say nothing here. A gid of 0 is never taken over. */
function numericUser({ user }: Mounting): readonly PosixUser[] {
  const match = /^(\d{1,10})(?::(\d{1,10}|\D[^:]*))?$/.exec(user ?? '');
  if (!match || Number(match[1]) > 4_294_967_295) return [];
  const uid = Number(match[1]);
  return [{ uid, gid: Number(match[2]) || uid }];
}

function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

function whyAllocated(user: { readonly uid: number } | undefined): string {
  return user
    ? 'the containers run as root, and a volume is never given to root unasked'
    : 'no container says a numeric user';
}

function ambiguous({ name, mountedBy }: VolumeWish, users: readonly { readonly uid: number }[]): Finding {
  const who = mountedBy.map(({ container, user }) => `${container}: ${user ?? 'as the image says'}`).join(', ');
  return { code: 'identity-ambiguous', subject: name, evidence: { users: users.map(({ uid }) => uid).join(' '), who } };
}

function refusal(
  code: 'root-not-allowed' | 'identity-taken',
  about: { readonly wish: VolumeWish; readonly user: PosixUser; readonly owner?: string },
): Finding {
  const { wish, user, owner } = about;
  const evidence = { uid: String(user.uid), gid: String(user.gid), ...(owner === undefined ? {} : { owner }) };
  return { code, subject: wish.name, evidence };
}
