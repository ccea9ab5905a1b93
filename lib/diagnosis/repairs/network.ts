import type { AuthorizeEgress, AuthorizeIngress } from '../../domain/action.ts';
import { mapFact } from '../../domain/fact.ts';
import type { Finding, FindingCode } from '../../domain/finding.ts';
import { blockedPaths, type Direction, groupOf } from '../group-paths.ts';
import { groupIdsOf, type MountFacts } from '../mount-facts.ts';
import { chooseClientGroup, chooseTargetGroup, ruleHold } from './choose-group.ts';
import { changeOf, type Draft, type Hold, has } from './draft.ts';
import { neighboursHold, sharersHold } from './neighbours.ts';

type Opening = Draft<AuthorizeIngress | AuthorizeEgress>;

const CODES: Readonly<Record<Direction, FindingCode>> = {
  egress: 'security-group-egress-missing',
  ingress: 'security-group-ingress-missing',
};

/**
 * One rule, group to group, for each pair of groups that is missing it, in every place where the workload can land. The
 * order of the drafts is the order in which packets meet the groups.
 */
export function draftOpenings(facts: MountFacts, findings: readonly Finding[]): readonly Opening[] {
  const drafts = (['egress', 'ingress'] as const)
    .filter((direction) => has([CODES[direction]], findings))
    .flatMap((direction) => blockedPaths(facts, direction))
    .map((blocked) => (blocked.direction === 'ingress' ? draftIngress(facts, blocked) : draftEgress(facts, blocked)));
  return withQuota(facts, [
    ...new Map(drafts.map((draft) => [`${changeOf(draft)} ${draft.volume.efs.fileSystemId}`, draft])).values(),
  ]);
}

type Blocked = ReturnType<typeof blockedPaths>[number];

function draftIngress(facts: MountFacts, { path, volume }: Blocked): Opening {
  const { client, target, holds } = endsOf(facts, { path, volume, keyedFirst: false });
  const neighbours = neighboursHold(facts, target.groupId, volume);
  const action: AuthorizeIngress = {
    kind: 'authorize-ingress',
    groupId: target.groupId,
    sourceGroupId: client.groupId,
    family: facts.taskDefinition.family,
    fileSystemId: volume.efs.fileSystemId,
  };
  return opening(facts, { action, volume, holds: [...holds, neighbours], because: [CODES.ingress] });
}

function draftEgress(facts: MountFacts, { path, volume }: Blocked): Opening {
  const { client, target, holds } = endsOf(facts, { path, volume, keyedFirst: true });
  const action: AuthorizeEgress = {
    kind: 'authorize-egress',
    groupId: client.groupId,
    targetGroupId: target.groupId,
    family: facts.taskDefinition.family,
    fileSystemId: volume.efs.fileSystemId,
  };
  return opening(facts, { action, volume, holds, because: [CODES.egress] });
}

type Ends = Pick<Blocked, 'path' | 'volume'> & { readonly keyedFirst: boolean };

/** The two groups that a rule is for, and why there must be none. */
function endsOf(facts: MountFacts, { path, volume, keyedFirst }: Ends) {
  const client = chooseClientGroup(facts, path.place.groupIds, keyedFirst);
  const target = chooseTargetGroup(facts, groupIdsOf(path.target));
  const ends = { groupId: client.groupId, targetGroupId: target.groupId, volume };
  return { client, target, holds: [client.hold ?? sharersHold(facts, ends), target.hold] };
}

interface OpeningParts extends Pick<Opening, 'action' | 'volume' | 'because'> {
  readonly holds: readonly (Hold | undefined)[];
}

function opening(facts: MountFacts, { action, volume, holds, because }: OpeningParts): Opening {
  const hold = holds.find((one) => one !== undefined);
  const touched = { [action.groupId]: mapFact(groupOf(facts, action.groupId), ({ tags }) => tags) };
  return { action, volume, because, touched, ...(hold && { hold }) };
}

/** Rules that the plan adds to a group count against its quota too. */
function withQuota(facts: MountFacts, drafts: readonly Opening[]): readonly Opening[] {
  const planned = new Map<string, Set<string>>();
  return drafts.map((draft) => {
    if (draft.hold) return draft;
    const direction = draft.action.kind === 'authorize-ingress' ? 'ingress' : 'egress';
    const key = `${direction} ${draft.action.groupId}`;
    const before = planned.get(key) ?? new Set();
    const others = [...before].filter((change) => change !== changeOf(draft)).length;
    const refused: Hold | undefined = ruleHold(facts, draft.action.groupId, { direction, planned: others });
    if (!refused) planned.set(key, new Set([...before, changeOf(draft)]));
    return refused ? { ...draft, hold: refused } : draft;
  });
}
