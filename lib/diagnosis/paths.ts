import type { Subnet } from '../domain/ec2.ts';
import type { MountTarget } from '../domain/efs.ts';
import type { Finding } from '../domain/finding.ts';
import type { MountFacts, Place, VolumeFacts } from './mount-facts.ts';
import { notChecked } from './rule.ts';

/** A place and the mount target that a task there mounts from: the one of its VPC and zone, compared by zone id. */
export interface Path {
  readonly place: Place;
  readonly subnet: Subnet;
  readonly target: MountTarget;
}

export interface PlacedSubnet {
  readonly place: Place;
  readonly subnet: Subnet;
}

/** Places whose zone is known. */
export function placedSubnets({ places }: Pick<MountFacts, 'places'>): readonly PlacedSubnet[] {
  return places.flatMap((place) => (place.subnet.state === 'present' ? [{ place, subnet: place.subnet.value }] : []));
}

/** Places without a mount target are another rule's business. */
export function pathsOf(
  facts: Pick<MountFacts, 'places'>,
  { mountTargets }: Pick<VolumeFacts, 'mountTargets'>,
): readonly Path[] {
  if (mountTargets.state !== 'present') return [];
  return placedSubnets(facts).flatMap(({ place, subnet }) => {
    const target = mountTargets.value.find(({ vpcId, zoneId }) => vpcId === subnet.vpcId && zoneId === subnet.zoneId);
    return target ? [{ place, subnet, target }] : [];
  });
}

/** What of the places and mount targets could not be looked at. */
export function unseenPlaces(facts: MountFacts, { mountTargets }: VolumeFacts, what: string): readonly Finding[] {
  const whys = [
    facts.placesUnknown,
    ...facts.places.map(({ subnet, subnetId }) => unseenSubnet(subnetId, subnet)),
    mountTargets.state === 'unknown' ? `mount targets: ${mountTargets.why}` : undefined,
  ];
  return [...new Set(whys)].filter((why) => why !== undefined).map((why) => notChecked(what, why));
}

function unseenSubnet(subnetId: string, subnet: Place['subnet']): string | undefined {
  if (subnet.state === 'present') return undefined;
  return subnet.state === 'unknown' ? `${subnetId}: ${subnet.why}` : `${subnetId} does not exist`;
}

/** Whether what holds in these places can be behind the failure: where no task is known to have failed, everything can. */
export function concernsFailure({ places }: MountFacts, concerned: readonly Place[]): boolean {
  return !places.some(({ failed }) => failed) || concerned.some(({ failed }) => failed);
}
