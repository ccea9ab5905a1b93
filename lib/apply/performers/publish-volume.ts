import type { PublishVolume } from '../../domain/action.ts';
import { Refusal } from '../../refusal.ts';
import type { Act, Performed } from '../perform.ts';

const ROOM = '/mountkeeper/volumes/';

/** Writes the volume's ids where Terraform, CDK or CI reads them; nothing outside that one prefix. */
export async function publishVolume(action: PublishVolume, { world }: Act): Promise<Performed> {
  let existed = true;
  for (const [name, value] of Object.entries(action.parameters)) {
    if (!name.startsWith(`${ROOM}${action.family}/`))
      throw new Refusal('permanent', 'OutsideRoom', { message: `${name} is not under ${ROOM}${action.family}/.` });
    const current = await world.parameters.get(name);
    if (current.state === 'present' && current.value === value) continue;
    existed = false;
    await world.parameters.put(name, value);
  }
  return { existed, made: {} };
}
