import { phrasesFor } from '../diagnosis/log-phrases.ts';
import type { VolumeFacts } from '../diagnosis/mount-facts.ts';
import { type Fact, present } from '../domain/fact.ts';
import type { World } from '../world.ts';
import type { MountInput } from './mount-input.ts';

/** What was refused is told shortly before the end. */
const WINDOW_MS = 10 * 60_000;
/** The last lines of a container arrive after it has stopped. */
const GRACE_MS = 60_000;

/** Only of a task that had started and then ended by itself; undefined where there is nothing to ask. */
export async function gatherLogPhrases(
  { task, taskDefinition }: MountInput,
  { mountedBy }: Pick<VolumeFacts, 'name' | 'mountedBy'>,
  world: World,
): Promise<Fact<readonly string[]> | undefined> {
  if (task?.stopCode !== 'EssentialContainerExited' || task.stoppedAtMs === undefined) return undefined;
  const { stoppedAtMs, startedAtMs = 0 } = task;
  const names = new Set(mountedBy.map(({ container }) => container));
  const logGroups = taskDefinition.containers.flatMap(({ name, logGroup }) =>
    names.has(name) && logGroup ? [logGroup] : [],
  );
  const window = { fromMs: Math.max(startedAtMs, stoppedAtMs - WINDOW_MS), toMs: stoppedAtMs + GRACE_MS };
  const phrases = phrasesFor({ mountedBy });
  const answers = await Promise.all(
    [...new Set(logGroups)].map((logGroup) => world.logs.phrases({ logGroup, phrases, ...window })),
  );
  if (answers.length === 0) return undefined;
  const found = answers.flatMap((answer) => (answer.state === 'present' ? answer.value : []));
  const unread = answers.find((answer) => answer.state === 'unknown');
  return unread && found.length === 0 ? unread : present([...new Set(found)]);
}
