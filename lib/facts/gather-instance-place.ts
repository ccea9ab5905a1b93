import type { Launch } from '../diagnosis/mount-facts.ts';
import { present } from '../domain/fact.ts';
import type { World } from '../world.ts';
import type { Places } from './gather-places.ts';

/** With `bridge` and `host` networking the interface of the container instance mounts. */
export async function gatherInstancePlace(launching: Promise<Launch>, world: World): Promise<Places> {
  const { instance } = await launching;
  if (instance?.state !== 'present') {
    const why = instance?.state === 'unknown' ? instance.why : 'no container instance of a task is known';
    return { places: [], groups: {}, placesUnknown: `network of the container instance: ${why}` };
  }
  const { subnetId, groupIds, privateIpv4 } = instance.value;
  const place = {
    subnetId,
    subnet: await world.ec2.subnet(subnetId),
    groupIds: present(groupIds),
    knownFrom: 'instance',
    failed: true,
    ...(privateIpv4 && { ipv4: privateIpv4 }),
  } as const;
  return { places: [place], groups: {}, placesUnknown: 'only the container instance of this task was looked at' };
}
