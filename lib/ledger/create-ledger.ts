import { allRows, type Changing, change, create, lookAhead, type Pause } from './changing.ts';
import { createJournal } from './journal.ts';
import { budgetKey, heldKey, incidentKey, leaseKey, PARTITION, reservationKey, reservationPartition } from './keys.ts';
import { createKnownRows } from './known-rows.ts';
import type { Ledger } from './ledger.ts';
import { createMemories } from './memories.ts';
import type { RowStore } from './rows.ts';
import { spending, spentBy, within } from './verbs/budget.ts';
import { counting, delivering, incidentOf, occurring, resolving } from './verbs/incident.ts';
import { givingBack, taking } from './verbs/lease.ts';
import { deleting, setting } from './verbs/plain.ts';
import { reservationOf, reserving } from './verbs/reservation.ts';

/**
 * The ledger's verbs over any row store. Every change is read, computed and written on the condition that the row is
 * still the one that was read. Throws `Refusal` of kind `conflict` where that is lost too often.
 */
export function createLedger(rows: RowStore, pause: Pause = async () => {}, nowMs = () => 0): Ledger {
  const store: Changing = { rows: createKnownRows(rows, nowMs), pause, turns: new Map() };
  return {
    ...createLooks(store),
    ...createTurns(store),
    ...createJournal(store),
    ...createIncidents(store),
    ...createReservations(store),
    ...createHolds(store),
    ...createMemories(store),
  };
}

function createLooks(store: Changing): Pick<Ledger, 'ahead'> {
  return {
    ahead: async ({ lease, incident }) => {
      const keys = [...(lease === undefined ? [] : [leaseKey(lease)]), ...(incident ? [incidentKey(incident)] : [])];
      await Promise.all(keys.map((key) => lookAhead(store, key)));
    },
  };
}

function createTurns(store: Changing): Pick<Ledger, 'lease' | 'release' | 'spend' | 'spent' | 'used'> {
  return {
    lease: (key, request) => change(store, leaseKey(key), taking(request)),
    release: (key, holder) => change(store, leaseKey(key), givingBack(holder)),
    spend: (budget, nowMs) => change(store, budgetKey(budget.key), spending(budget, nowMs)),
    used: async ({ key, by, windowMs }, nowMs) => {
      const { pk, sk } = budgetKey(key);
      const spent = within((await store.rows.get(pk, sk))?.data, windowMs, nowMs);
      return { all: spent.length, own: spentBy(by, spent) };
    },
    spent: async (key, windowsMs, nowMs) => {
      const { pk, sk } = budgetKey(key);
      const row = await store.rows.get(pk, sk);
      return windowsMs.map((windowMs) => within(row?.data, windowMs, nowMs).length);
    },
  };
}

function createIncidents(
  store: Changing,
): Pick<Ledger, 'occur' | 'delivered' | 'count' | 'incident' | 'openIncidents' | 'resolve'> {
  return {
    occur: (occurrence) => change(store, incidentKey(occurrence.id), occurring(occurrence)),
    delivered: (id, run) => change(store, incidentKey(id), delivering(run)),
    count: (id, seen) => change(store, incidentKey(id), counting(seen)),
    resolve: (id, atMs) => change(store, incidentKey(id), resolving(atMs)),
    incident: async (id) => {
      const { pk, sk } = incidentKey(id);
      return incidentOf((await store.rows.get(pk, sk))?.data);
    },
    openIncidents: async () => {
      const found = await allRows(store.rows, PARTITION.incidents);
      return found.flatMap((row) => incidentOf(row.data) ?? []).filter((incident) => incident.status === 'firing');
    },
  };
}

function createReservations(store: Changing): Pick<Ledger, 'reserve' | 'reservations'> {
  return {
    reserve: (wanted) => create(store, reservationKey(wanted.fileSystemId, wanted.id), reserving(wanted)),
    reservations: async (fileSystemId) => {
      const found = await allRows(store.rows, reservationPartition(fileSystemId));
      return found.map((row) => reservationOf(fileSystemId, row));
    },
  };
}

function createHolds(store: Changing): Pick<Ledger, 'hold' | 'held' | 'releaseHeld' | 'allHeld'> {
  async function allHeld() {
    const found = await allRows(store.rows, PARTITION.held);
    return found.map((row) => ({
      key: String(row.data['key']),
      why: String(row.data['why']),
      atMs: Number(row.data['atMs']),
    }));
  }
  return {
    hold: (key, why, atMs) => change(store, heldKey(key), setting({ key, why, atMs })),
    releaseHeld: (key) => change(store, heldKey(key), deleting()),
    allHeld,
    // One read of all: few things are ever held, and a plan asks for many keys.
    held: async (keys) => {
      if (keys.length === 0) return new Set();
      const all = new Set((await allHeld()).map((one) => one.key));
      return new Set(keys.filter((key) => all.has(key)));
    },
  };
}
