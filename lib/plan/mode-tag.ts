import type { TaskDefinition } from '../domain/ecs.ts';
import { type Fact, seen } from '../domain/fact.ts';
import type { Decision } from '../domain/plan.ts';
import { TAG } from '../domain/tags.ts';

/** A tag that narrows counts on the revision that is looked at and on the newest one of its family alike. */
export function modeTagOf(
  revision: TaskDefinition,
  newest: Fact<TaskDefinition> | undefined,
): Pick<Decision, 'modeTag'> {
  const tags = [revision, newest && seen(newest)].flatMap((one) => one?.tags[TAG.mode] ?? []);
  const modeTag = tags.find((tag) => tag !== 'repair') ?? tags[0];
  return modeTag === undefined ? {} : { modeTag };
}
