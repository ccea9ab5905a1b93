import type { MountTarget } from '../../domain/efs.ts';
import { seen } from '../../domain/fact.ts';
import type { Finding } from '../../domain/finding.ts';
import type { MountFacts, VolumeFacts } from '../mount-facts.ts';
import { concernsFailure, type PlacedSubnet, placedSubnets, unseenPlaces } from '../paths.ts';
import { ELSEWHERE, finding, list } from '../rule.ts';

/** Whether there is a mount target in each zone where the workload can land, in the workload's VPC. */
export function judgeMountTargetPlace(facts: MountFacts, volume: VolumeFacts): readonly Finding[] {
  const unseen = unseenPlaces(facts, volume, 'mount target in each zone');
  if (volume.mountTargets.state === 'unknown' || volume.fileSystem.state === 'absent') return unseen;
  const targets = volume.mountTargets.state === 'present' ? volume.mountTargets.value : [];
  const placed = placedSubnets(facts);
  const setting = { facts, volume, targets };
  const strangers = placed.filter(({ subnet }) => !targets.some(({ vpcId }) => vpcId === subnet.vpcId));
  const uncovered = placed.filter(
    ({ subnet }) =>
      targets.some(({ vpcId }) => vpcId === subnet.vpcId) &&
      !targets.some(({ vpcId, zoneId }) => vpcId === subnet.vpcId && zoneId === subnet.zoneId),
  );
  const empty = placed.length === 0 && targets.length === 0 ? [inVpc([], setting)] : [];
  return [
    ...empty,
    ...grouped(strangers, ({ subnet }) => subnet.vpcId).map((some) => inVpc(some, setting)),
    ...grouped(uncovered, ({ subnet }) => subnet.zoneId).map((some) => inZone(some, setting)),
    ...unseen,
  ];
}

interface Setting {
  readonly facts: MountFacts;
  readonly volume: VolumeFacts;
  readonly targets: readonly MountTarget[];
}

function grouped(placed: readonly PlacedSubnet[], key: (one: PlacedSubnet) => string): readonly PlacedSubnet[][] {
  return [...Map.groupBy(placed, key).values()];
}

function inVpc(placed: readonly PlacedSubnet[], setting: Setting): Finding {
  return finding('no-mount-target-in-vpc', setting.volume.efs.fileSystemId, {
    vpc: list(placed.map(({ subnet }) => subnet.vpcId)),
    subnets: onePerZone(placed),
    mountTargetsIn: list(setting.targets.map(({ vpcId }) => vpcId)) || 'none at all',
    ...elsewhere(placed, setting),
  });
}

function inZone(placed: readonly PlacedSubnet[], setting: Setting): Finding {
  const { fileSystem, efs } = setting.volume;
  const oneZone = fileSystem.state === 'present' && fileSystem.value.zoneName;
  return finding('no-mount-target-in-zone', efs.fileSystemId, {
    zone: list(placed.map(({ subnet }) => `${subnet.zoneId}(${subnet.zoneName})`)),
    subnets: onePerZone(placed),
    mountTargetsIn: list(setting.targets.map(({ zoneId, zoneName }) => `${zoneId}(${zoneName})`)),
    ...groupsOfOthers(placed, setting),
    ...(oneZone && { oneZone: `a One Zone file system: it can only have a mount target in ${oneZone}` }),
    ...elsewhere(placed, setting),
  });
}

/** A file system has one mount target a zone: of the tasks' subnets there the first. */
function onePerZone(placed: readonly PlacedSubnet[]): string {
  return list(
    [...Map.groupBy(placed, ({ subnet }) => subnet.zoneId).values()].flatMap(([first]) => first?.subnet.id ?? []),
  );
}

/** What the other mount targets in the VPC have, a new one will want too. */
function groupsOfOthers(placed: readonly PlacedSubnet[], { targets }: Setting): { readonly groupsOfOthers?: string } {
  const there = targets.filter(({ vpcId }) => placed.some(({ subnet }) => subnet.vpcId === vpcId));
  const groupsOfOthers = list(there.flatMap(({ groupIds }) => seen(groupIds) ?? []));
  return groupsOfOthers === '' ? {} : { groupsOfOthers };
}

function elsewhere(placed: readonly PlacedSubnet[], { facts }: Setting) {
  const places = placed.map(({ place }) => place);
  return concernsFailure(facts, places) ? {} : ELSEWHERE;
}
