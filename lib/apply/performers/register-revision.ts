import type { RegisterRevision } from '../../domain/action.ts';
import { Refusal } from '../../refusal.ts';
import type { Act, Performed } from '../perform.ts';

/** Registers the wired revision. The number that AWS gives proves whether somebody registered in between. */
export async function registerRevision(action: RegisterRevision, { world }: Act): Promise<Performed> {
  const registered = await world.ecs.register(action.input);
  await world.ledger.keep('wired', `${action.family} ${action.specHash}`, {
    revision: registered.revision,
    arn: registered.arn,
  });
  const raced =
    registered.revision !== action.sourceRevision + 1 && (await somebodyRegistered(action, registered.revision, world));
  if (raced) {
    throw new Refusal('conflict', 'RegisteredMeanwhile', {
      message: `Somebody registered a revision of ${action.family} between ${action.sourceRevision} and ${registered.revision}; no service was moved, and the next run builds from theirs.`,
    });
  }
  return { existed: false, made: { taskDefinitionArn: registered.arn, revision: String(registered.revision) } };
}

/** A gap in the numbers is harmless where the revisions in it were deregistered long ago. */
async function somebodyRegistered(action: RegisterRevision, revision: number, world: Act['world']): Promise<boolean> {
  for (let number = action.sourceRevision + 1; number < revision; number += 1) {
    world.forget();
    const between = await world.ecs.taskDefinition(`${action.family}:${number}`);
    if (between.state !== 'absent' && !(between.state === 'present' && between.value.status === 'INACTIVE'))
      return true;
  }
  return false;
}
