import type { Action } from '../../domain/action.ts';
import type { JournalEntry } from '../../domain/journal.ts';
import type { Reverted, Step } from '../../domain/plan.ts';
import { editedSince } from '../../plan/edited-since.ts';
import { holdsOf } from '../../plan/holds.ts';
import { undo } from '../../plan/undo.ts';
import type { Current } from './gather-current.ts';
import { policySlot } from './policy-slot.ts';
import { publishSlot, type Slot, serviceSlot, throughputSlot } from './slots.ts';

export interface TakingBack {
  readonly steps: readonly Step[];
  readonly refused: readonly Refused[];
}

export interface Refused {
  readonly entry: JournalEntry;
  readonly why: string;
  /** `stays`: there is no way back, or none was asked for. `edited`: it is not as it was left. */
  readonly kind: 'stays' | 'edited';
}

const SLOTS: Readonly<Partial<Record<Action['kind'], Slot<never>>>> = {
  'put-role-policy': policySlot as Slot<never>,
  'delete-role-policy': policySlot as Slot<never>,
  'update-service': serviceSlot as Slot<never>,
  'update-throughput': throughputSlot as Slot<never>,
  'publish-volume': publishSlot as Slot<never>,
};

/** One place on its way back, over several changes. */
interface Way {
  readonly slot: Slot<never>;
  readonly from: string;
  readonly to: string;
  readonly entries: readonly JournalEntry[];
  readonly reverts: readonly Reverted[];
}

interface Progress {
  /** In the order in which they are made; a step that is a way has its place here by name. */
  readonly order: readonly (Step | string)[];
  readonly ways: ReadonlyMap<string, Way>;
  readonly refused: readonly Refused[];
}

/** @param entries of the journal, newest first: the order in which they are taken back */
export function takeBack(
  entries: readonly JournalEntry[],
  { current, deleteAccessPoints }: { readonly current: Current; readonly deleteAccessPoints: boolean },
): TakingBack {
  let progress: Progress = { order: [], ways: new Map(), refused: [] };
  for (const entry of entries) {
    const back = undo(entry, { deleteAccessPoints });
    progress =
      'cannot' in back
        ? refuse(progress, { entry, why: back.cannot, kind: 'stays' })
        : withOne(progress, { entry, inverse: back.action, current });
  }
  const ways = new Map([...progress.ways].map(([name, way]) => [name, { way, why: whyNot(way) }]));
  const steps = progress.order.flatMap((one) => {
    if (typeof one !== 'string') return [one];
    const found = ways.get(one);
    return found?.why === undefined ? stepOf(found?.way) : [];
  });
  const refused = [...ways.values()].flatMap(({ way, why }) =>
    why === undefined ? [] : way.entries.map((entry): Refused => ({ entry, why, kind: 'stays' })),
  );
  return { steps, refused: [...progress.refused, ...refused] };
}

interface One {
  readonly entry: JournalEntry;
  readonly inverse: Action;
  readonly current: Current;
}

function withOne(progress: Progress, one: One): Progress {
  const slot = SLOTS[one.entry.action.kind];
  return slot ? alongWay(progress, slot, one) : alone(progress, one);
}

function alone(progress: Progress, { entry, inverse, current }: One): Progress {
  const why =
    inverse.kind === 'revoke-rule'
      ? editedSince(inverse, current.rules[inverse.groupId])
      : inverse.kind === 'delete-access-point'
        ? usedBy(current.users[inverse.accessPointId], progress)
        : undefined;
  if (why !== undefined) return refuse(progress, { entry, why, kind: 'edited' });
  const reverts = [{ changeId: entry.changeId, holds: holdsOf(entry.action) }];
  const step: Step = { action: inverse, because: entry.because, reverts };
  return { ...progress, order: [...progress.order, step] };
}

/** Why an access point must not be deleted: a service that this plan does not move away mounts through it. */
function usedBy(users: Current['users'][string] | undefined, { ways }: Progress): string | undefined {
  if (users?.state !== 'present')
    return `It could not be read who mounts through it: ${users?.state === 'unknown' ? users.why : 'not read'}.`;
  const staying = users.value.filter(({ arn }) => !ways.has(`update-service ${arn}`));
  if (staying.length === 0) return undefined;
  return `${staying.map(({ name }) => `Service ${name}`).join(', ')} mounts through it: its next task would not start.`;
}

function alongWay(progress: Progress, slot: Slot<never>, { entry, current }: One): Progress {
  const action = entry.action as never;
  const name = `${entry.action.kind.replace('delete', 'put')} ${slot.name(action)}`;
  const way = progress.ways.get(name);
  const read = slot.read(action, current);
  if (read.state !== 'present') {
    const why = read.state === 'absent' ? 'It is gone.' : `It could not be read: ${read.why}.`;
    return refuse(progress, { entry, why, kind: 'edited' });
  }
  const now = way?.to ?? read.value;
  const back = slot.back(action, now);
  if ('refused' in back) return refuse(progress, { entry, why: back.refused, kind: 'edited' });
  const reverted = { changeId: entry.changeId, holds: holdsOf(entry.action) };
  const next: Way = {
    slot,
    from: way?.from ?? read.value,
    to: back.value,
    entries: [...(way?.entries ?? []), entry],
    reverts: [...(way?.reverts ?? []), reverted],
  };
  return {
    ...progress,
    ways: new Map([...progress.ways, [name, next]]),
    order: way ? progress.order : [...progress.order, name],
  };
}

function whyNot({ slot, entries: [newest], from, to }: Way): string | undefined {
  return newest && slot.refuses?.(newest.action as never, { from, to });
}

function stepOf(way: Way | undefined): readonly Step[] {
  const [newest] = way?.entries ?? [];
  if (!way || !newest) return [];
  const action = way.slot.write(newest.action as never, way);
  return [{ action, because: [...new Set(way.entries.flatMap(({ because }) => because))], reverts: way.reverts }];
}

function refuse(progress: Progress, refused: Refused): Progress {
  return { ...progress, refused: [...progress.refused, refused] };
}
