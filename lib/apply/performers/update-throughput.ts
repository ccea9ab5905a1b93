import type { UpdateThroughput } from '../../domain/action.ts';
import type { Act, Performed } from '../perform.ts';

export async function updateThroughput(action: UpdateThroughput, { world }: Act): Promise<Performed> {
  await world.efs.updateThroughput({
    fileSystemId: action.fileSystemId,
    mode: action.mode,
    ...(action.mibps === undefined ? {} : { mibps: action.mibps }),
  });
  return { existed: false, made: {} };
}
