import type { RegisterRevision } from '../../domain/action.ts';
import type { TaskDefinition } from '../../domain/ecs.ts';
import { TAG } from '../../domain/tags.ts';
import { Refusal } from '../../refusal.ts';
import type { World } from '../../world.ts';
import type { Act, Performed } from '../perform.ts';

/** Registers the wired revision. The number that AWS gives proves whether somebody registered in between. */
export async function registerRevision(action: RegisterRevision, { world }: Act): Promise<Performed> {
  if (action.waitMs) await waited(action, world);
  const registered = await world.ecs.register(action.input);
  const { revision, arn } = registered;
  const closing = world.ledger.keepNew('wired', `${action.family} ${action.specHash}`, { revision, arn });
  // Waited for below, or at once with the record of the change.
  closing.catch(() => undefined);
  const newest = action.newestRevision ?? action.sourceRevision;
  const raced = registered.revision !== newest + 1 && (await somebodyRegistered(action, registered.revision, world));
  if (raced) {
    await closing;
    throw registeredMeanwhile(action, registered.revision);
  }
  return {
    existed: false,
    made: { taskDefinitionArn: arn, 'revision:arn': arn, revision: String(revision) },
    closing,
  };
}

/** After a wait the newest revision is looked at once more: what came meanwhile must not be put behind an older one. */
async function waited(action: RegisterRevision, world: World): Promise<void> {
  await world.pause(action.waitMs ?? 0);
  world.forget();
  const newest = await world.ecs.taskDefinition(action.family);
  const expected = action.newestRevision ?? action.sourceRevision;
  if (newest.state === 'present' && newest.value.revision === expected) return;
  throw registeredMeanwhile(action, newest.state === 'present' ? newest.value.revision : expected);
}

function registeredMeanwhile(action: RegisterRevision, revision: number): Refusal {
  return new Refusal('conflict', 'RegisteredMeanwhile', {
    message: `Somebody registered a revision of ${action.family} between ${action.sourceRevision} and ${revision}; no service was moved, and the next run builds from theirs.`,
  });
}

/** A gap in the numbers is harmless where the revisions in it were deregistered long ago, or are of this very wiring. */
async function somebodyRegistered(action: RegisterRevision, revision: number, world: World): Promise<boolean> {
  const newest = action.newestRevision ?? action.sourceRevision;
  for (let number = newest + 1; number < revision; number += 1) {
    world.forget();
    const between = await world.ecs.taskDefinition(`${action.family}:${number}`);
    if (between.state === 'unknown') return true;
    if (between.state === 'present' && between.value.status === 'ACTIVE' && !isSame(between.value, action)) return true;
  }
  return false;
}

/** What an attempt whose answer was lost has registered. */
function isSame({ tags }: TaskDefinition, { specHash, family, sourceRevision }: RegisterRevision): boolean {
  return tags[TAG.spec] === specHash && tags[TAG.wiredFrom] === `${family}:${sourceRevision}`;
}
