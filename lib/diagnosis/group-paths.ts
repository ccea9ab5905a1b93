import type { SecurityGroup } from '../domain/ec2.ts';
import { type Fact, unknown } from '../domain/fact.ts';
import { type AddressPair, addressPairs } from './addresses.ts';
import type { MountFacts, VolumeFacts } from './mount-facts.ts';
import { type Cover, worst } from './network/cover.ts';
import { type GroupSide, groupPassage, type Passage } from './network/group-passage.ts';
import type { Range } from './network/range.ts';
import { type Path, pathsOf } from './paths.ts';

export type Direction = 'ingress' | 'egress';

/** How far the security groups of one side let TCP 2049 through on one path. */
export interface JudgedPath extends Path {
  readonly passage: Passage;
}

/** Each path of the volume, judged by the groups that decide in this direction. */
export function judgeGroups(facts: MountFacts, volume: VolumeFacts, direction: Direction): readonly JudgedPath[] {
  return pathsOf(facts, volume).map((path) => ({ ...path, passage: passageOn(facts, path, direction) }));
}

/** Those of all volumes on which no rule lets it through. */
export function blockedPaths(
  facts: MountFacts,
  direction: Direction,
): readonly { readonly path: JudgedPath; readonly volume: VolumeFacts; readonly direction: Direction }[] {
  return facts.volumes.flatMap((volume) =>
    judgeGroups(facts, volume, direction)
      .filter(({ passage }) => passage.cover === 'none')
      .map((path) => ({ path, volume, direction })),
  );
}

function passageOn(facts: MountFacts, path: Path, direction: Direction): Passage {
  const ends = [path.target.groupIds, path.place.groupIds] as const;
  const [own, peer] = direction === 'ingress' ? ends : [ends[1], ends[0]];
  if (own.state === 'unknown') return { cover: 'unknown', why: own.why };
  const groups = pick(facts, own.state === 'present' ? own.value : []);
  const side: GroupSide = { groups, direction, prefixLists: facts.prefixLists };
  return combine(addressPairs(facts, path).map((pair) => passageOf(side, pair, peer)));
}

function passageOf(side: GroupSide, pair: AddressPair, groupIds: Fact<readonly string[]>): Passage {
  const ask = (range: Range) => groupPassage(side, { groupIds, range });
  if (side.direction === 'egress') return soften(ask(pair.target.range), pair.needed);
  const exact = pair.exactClient && ask(pair.exactClient.range);
  return soften(exact && exact.cover !== 'all' ? exact : ask(pair.client.range), pair.needed);
}

function soften(passage: Passage, needed: boolean): Passage {
  return !needed && passage.cover === 'none' ? { cover: 'part' } : passage;
}

function combine(passages: readonly Passage[]): Passage {
  if (passages.length === 0) return { cover: 'unknown', why: 'the mount target has no address yet' };
  const covers = passages.flatMap(({ cover }): Cover[] => (cover === 'unknown' ? [] : [cover]));
  const unread = passages.find((passage) => passage.cover === 'unknown');
  return unread && !covers.includes('none') ? unread : { cover: worst(covers) };
}

function pick(facts: MountFacts, ids: readonly string[]): Readonly<Record<string, Fact<SecurityGroup>>> {
  return Object.fromEntries(ids.map((id) => [id, groupOf(facts, id)]));
}

export function groupOf({ groups }: Pick<MountFacts, 'groups'>, id: string): Fact<SecurityGroup> {
  return groups[id] ?? unknown('the group was not read');
}
