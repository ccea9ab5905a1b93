import { allRows, type Changing, change, create } from './changing.ts';
import { familyOfThingKey, familyPartition, roomKey, roomPartition, thingOfFamilyKey, thingPartition } from './keys.ts';
import type { Belonging, Ledger } from './ledger.ts';
import type { Row } from './rows.ts';
import { deleting, setting, writingOnce } from './verbs/plain.ts';

type Memories = Pick<
  Ledger,
  'belongs' | 'restsOn' | 'whose' | 'belongings' | 'forget' | 'recall' | 'recallAll' | 'keep' | 'keepNew' | 'drop'
>;

export function createMemories(store: Changing): Memories {
  return { ...createBelongings(store), ...createRooms(store) };
}

/** Kept under the thing and under the family, so that both ask with one read. */
function createBelongings(store: Changing): Pick<Memories, 'belongs' | 'restsOn' | 'whose' | 'belongings' | 'forget'> {
  async function whose(resource: string): Promise<readonly Belonging[]> {
    return (await allRows(store.rows, thingPartition(resource))).map(belongingOf);
  }

  async function erase(belonging: Belonging): Promise<void> {
    await change(store, thingOfFamilyKey(belonging), deleting());
    await change(store, familyOfThingKey(belonging), deleting());
  }

  return {
    whose,
    belongings: async (family) => (await allRows(store.rows, familyPartition(family))).map(belongingOf),
    belongs: async (belonging, { isNew = false } = {}) => {
      const write = isNew ? create : change;
      await Promise.all([
        write(store, familyOfThingKey(belonging), setting({ ...belonging })),
        write(store, thingOfFamilyKey(belonging), setting({ ...belonging })),
      ]);
    },
    restsOn: (resource, family) =>
      create(store, familyOfThingKey({ resource, family }), writingOnce({ resource, family })),
    forget: async (resource, family) => {
      const known = await whose(resource);
      await Promise.all(known.filter((belonging) => belonging.family === family).map(erase));
    },
  };
}

function belongingOf(row: Row): Belonging {
  return row.data as unknown as Belonging;
}

function createRooms(store: Changing): Pick<Memories, 'recall' | 'recallAll' | 'keep' | 'keepNew' | 'drop'> {
  return {
    recall: async (room, name) => {
      const { pk, sk } = roomKey(room, name);
      return (await store.rows.get(pk, sk))?.data['value'];
    },
    recallAll: async (room) => {
      const rows = await allRows(store.rows, roomPartition(room));
      return new Map(rows.map((row) => [row.sk, row.data['value']]));
    },
    keep: (room, name, value) => change(store, roomKey(room, name), setting({ value })),
    keepNew: (room, name, value) => create(store, roomKey(room, name), setting({ value })),
    drop: async (room, name) => {
      await change(store, roomKey(room, name), deleting());
    },
  };
}
