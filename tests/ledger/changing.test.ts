import { change } from '../../lib/ledger/changing.ts';
import { createKnownRows } from '../../lib/ledger/known-rows.ts';
import { createMemoryRows } from '../../lib/ledger/memory-rows.ts';

const key = { pk: 'p', sk: 's' };

test('a write that loses every race ends as a refusal, after pauses', async () => {
  const pauses: number[] = [];
  const rows = { ...createMemoryRows(), put: async () => false };
  const pause = async (ms: number) => void pauses.push(ms);
  const lost = change({ rows: createKnownRows(rows, () => 0), pause, turns: new Map() }, key, () => ({
    answer: 1,
    write: {},
  }));
  await expect(lost).rejects.toMatchObject({ name: 'Refusal', kind: 'conflict', code: 'LedgerBusy' });
  expect(pauses.length).toBeGreaterThan(100);
});

test('a change that fails does not hold up the next in its row, and leaves nothing behind', async () => {
  const turns = new Map();
  const store = { rows: createKnownRows(createMemoryRows(), () => 0), pause: async () => {}, turns };
  const failed = change(store, key, () => {
    throw new Error('no');
  });
  const next = change(store, key, () => ({ answer: 'done', write: { a: 1 } }));
  await expect(failed).rejects.toThrow('no');
  await expect(next).resolves.toBe('done');
  expect(turns.size).toBe(0);
});
