import type { PublishVolume } from '../../domain/action.ts';
import { Refusal } from '../../refusal.ts';
import type { Act, Performed } from '../perform.ts';

const ROOM = '/mountkeeper/volumes/';

/** Writes the volume's ids where Terraform, CDK or CI reads them; nothing outside that one prefix. */
export async function publishVolume(action: PublishVolume, { world }: Act): Promise<Performed> {
  mustBeInRoom(action);
  let existed = true;
  for (const [name, value] of Object.entries(action.parameters)) {
    const current = await world.parameters.get(name);
    if (current.state === 'present' && current.value === value) continue;
    existed = false;
    await world.parameters.put(name, value);
  }
  // A name that was there before and is not wanted now is taken away: Parameter Store has no empty values.
  for (const name of Object.keys(action.previous).filter((one) => !(one in action.parameters))) {
    const current = await world.parameters.get(name);
    if (current.state === 'absent') continue;
    existed = false;
    await world.parameters.remove(name);
  }
  return { existed, made: {} };
}

function mustBeInRoom({ parameters, previous, family }: PublishVolume): void {
  const room = `${ROOM}${family}/`;
  for (const name of Object.keys({ ...previous, ...parameters })) {
    if (!name.startsWith(room))
      throw new Refusal('permanent', 'OutsideRoom', { message: `${name} is not under ${room}.` });
  }
}
