import type { Finding, FindingCode } from '../../domain/finding.ts';
import { type Direction, type JudgedPath, judgeGroups } from '../group-paths.ts';
import { groupIdsOf, type MountFacts, type Place, type VolumeFacts } from '../mount-facts.ts';
import { concernsFailure } from '../paths.ts';
import { ELSEWHERE, type Evidence, finding, list, notChecked } from '../rule.ts';

interface Words {
  readonly what: string;
  readonly none: FindingCode;
  readonly part: FindingCode;
}

const WORDS: Readonly<Record<Direction, Words>> = {
  ingress: {
    what: "ingress of the mount target's security groups",
    none: 'security-group-ingress-missing',
    part: 'security-group-ingress-partial',
  },
  egress: {
    what: "egress of the task's security groups",
    none: 'security-group-egress-missing',
    part: 'security-group-egress-partial',
  },
};

export function judgeIngress(facts: MountFacts, volume: VolumeFacts): readonly Finding[] {
  return judgeDirection(facts, volume, 'ingress');
}

export function judgeEgress(facts: MountFacts, volume: VolumeFacts): readonly Finding[] {
  return judgeDirection(facts, volume, 'egress');
}

/** One finding for each pair of group sets, however many subnets it stands for. */
function judgeDirection(facts: MountFacts, volume: VolumeFacts, direction: Direction): readonly Finding[] {
  const judged = judgeGroups(facts, volume, direction);
  const { what, none, part } = WORDS[direction];
  const unread = judged.flatMap(({ passage }) => (passage.cover === 'unknown' ? [passage.why] : []));
  return [
    ...alike(judged, 'none').map((paths) => tell(none, paths, { facts, volume, direction })),
    ...alike(judged, 'part').map((paths) => tell(part, paths, { facts, volume, direction })),
    ...[...new Set(unread)].map((why) => notChecked(what, why)),
  ];
}

function alike(judged: readonly JudgedPath[], cover: 'none' | 'part'): readonly JudgedPath[][] {
  const some = judged.filter(({ passage }) => passage.cover === cover);
  return [...Map.groupBy(some, (path) => `${taskGroups(path)} ${targetGroups(path)}`).values()];
}

interface Setting {
  readonly facts: MountFacts;
  readonly volume: VolumeFacts;
  readonly direction: Direction;
}

function tell(code: FindingCode, paths: readonly JudgedPath[], { facts, volume, direction }: Setting): Finding {
  const places = paths.map(({ place }) => place);
  const groups = list(paths.flatMap((path) => [targetGroups(path)]));
  const own = list(paths.flatMap((path) => [taskGroups(path)]));
  return finding(code, direction === 'ingress' ? groups : own, {
    needs: `TCP 2049 from ${own} to ${groups}`,
    taskGroups: own,
    mountTargetGroups: groups,
    mountTargets: list(paths.map(({ target }) => target.id)),
    subnets: list(places.map(({ subnetId }) => subnetId)),
    groupsKnownFrom: list(places.map(({ knownFrom }) => knownFrom)),
    fileSystem: volume.efs.fileSystemId,
    ...excuse(code, places, facts),
  });
}

/** Why a finding cannot be behind the failure, where it cannot. */
function excuse(code: FindingCode, places: readonly Place[], facts: MountFacts): Evidence {
  if (!concernsFailure(facts, places)) return ELSEWHERE;
  const failed = places.filter((place) => place.failed);
  const admitted = code === 'security-group-ingress-partial' && failed.every(({ ipv4 }) => ipv4 !== undefined);
  return admitted && failed.length > 0 ? { elsewhere: 'The address that the task had is let through.' } : {};
}

function taskGroups({ place }: JudgedPath): string {
  return list(groupIdsOf(place)) || 'groups that are not known';
}

function targetGroups({ target }: JudgedPath): string {
  return list(target.groupIds.state === 'present' ? target.groupIds.value : []) || 'groups that are not known';
}
