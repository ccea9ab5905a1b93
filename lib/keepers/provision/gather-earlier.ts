import type { TaskDefinition } from '../../domain/ecs.ts';
import { absent, type Fact, present, unknown } from '../../domain/fact.ts';
import { parseTaskDefinitionName } from '../../domain/ids.ts';
import type { World } from '../../world.ts';
import { mountsOf } from './earlier.ts';
import type { EarlierMount } from './facts.ts';
import type { VolumeWish } from './wishes.ts';

/** How far back revisions are read: the newest of them, active and not. */
const MOST = 20;

interface Wanted {
  readonly wishes: readonly VolumeWish[];
  readonly pointed: readonly { readonly wish: VolumeWish; readonly point: unknown }[];
  readonly source: TaskDefinition;
}

/** What earlier revisions mounted; read only where a volume would get a new directory. */
export async function gatherEarlier(
  { wishes, pointed, source }: Wanted,
  world: World,
): Promise<Fact<readonly EarlierMount[]>> {
  const asks = wishes.some(
    (wish) => wish.start === undefined && !pointed.some((one) => one.wish === wish && one.point !== undefined),
  );
  if (!asks || source.revision === 1) return absent;
  const lists = await Promise.all(
    (['ACTIVE', 'INACTIVE'] as const).map((status) => world.ecs.revisions(source.family, { status, limit: MOST })),
  );
  const arns: string[] = [];
  for (const list of lists) {
    if (list.state === 'unknown') return list;
    if (list.state === 'present') arns.push(...list.value);
  }
  const before = arns.filter((arn) => revisionOf(arn) < source.revision);
  const newest = before.toSorted((one, other) => revisionOf(other) - revisionOf(one)).slice(0, MOST);
  return mountsIn(await Promise.all(newest.map((arn) => world.ecs.taskDefinition(arn))));
}

/** A revision that cannot be read may be the one with the data. One that is deleted is gone. */
function mountsIn(revisions: readonly Fact<TaskDefinition>[]): Fact<readonly EarlierMount[]> {
  const unread = revisions.find((revision) => revision.state === 'unknown');
  if (unread?.state === 'unknown') return unknown(unread.why);
  return present(revisions.flatMap((revision) => (revision.state === 'present' ? mountsOf(revision.value) : [])));
}

function revisionOf(arn: string): number {
  return parseTaskDefinitionName(arn)?.revision ?? 0;
}
