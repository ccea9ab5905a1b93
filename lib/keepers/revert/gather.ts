import type { Action } from '../../domain/action.ts';
import type { Incident } from '../../domain/incident.ts';
import type { JournalEntry } from '../../domain/journal.ts';
import { heldFor, holdsOf } from '../../plan/holds.ts';
import { undo } from '../../plan/undo.ts';
import type { World } from '../../world.ts';
import { type Current, gatherCurrent } from './gather-current.ts';
import type { RevertInput } from './parse.ts';

export interface RevertFacts {
  readonly input: RevertInput;
  /** Newest first. */
  readonly entries: readonly JournalEntry[];
  readonly incident?: Incident;
  /** What these changes left, as it is now. */
  readonly current: Current;
  /** Held keys that the request releases. */
  readonly releases: readonly string[];
}

const NOTHING: Current = {
  rules: {},
  policies: {},
  services: {},
  fileSystems: {},
  accessPoints: {},
  parameters: {},
  users: {},
  keyring: {},
};

export async function gather(input: RevertInput, world: World): Promise<RevertFacts> {
  if (input.kind === 'release')
    return { input, entries: [], current: NOTHING, releases: await releasesOf(input.id, world) };
  const [entries, incident] = await Promise.all([
    entriesOf(input, world),
    input.kind === 'incident' ? world.ledger.incident(input.id) : undefined,
  ]);
  const current = await gatherCurrent(actionsOf(entries, input), world);
  return { input, entries, current, releases: [], ...(incident && { incident }) };
}

async function entriesOf({ kind, id }: RevertInput, world: World): Promise<readonly JournalEntry[]> {
  if (kind !== 'change') return world.ledger.changes(kind === 'incident' ? { incident: id } : { family: id });
  const entry = await world.ledger.change(id);
  return entry ? [entry] : [];
}

function actionsOf(entries: readonly JournalEntry[], options: RevertInput): readonly Action[] {
  return entries.flatMap((entry) => {
    const back = undo(entry, options);
    return 'action' in back ? [back.action] : [];
  });
}

/** By the held key itself, by the change that was reverted, or everything of a family. */
async function releasesOf(id: string, world: World): Promise<readonly string[]> {
  const [held, change] = await Promise.all([world.ledger.allHeld(), world.ledger.change(id)]);
  const ofChange = change ? holdsOf(change.action) : [];
  const keys = held.filter(
    ({ key, why }) => key === id || ofChange.includes(key) || why === heldFor(id) || key.split(' ')[1] === id,
  );
  return keys.map(({ key }) => key);
}
