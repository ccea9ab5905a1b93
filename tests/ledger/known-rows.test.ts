import { createLedger } from '../../lib/ledger/create-ledger.ts';
import { createMemoryRows } from '../../lib/ledger/memory-rows.ts';
import type { RowStore } from '../../lib/ledger/rows.ts';
import { MINUTE, NOW, sampleEntry, sampleOccurrence } from './samples.ts';

function counted(rows: RowStore): { readonly rows: RowStore; readonly calls: string[] } {
  const calls: string[] = [];
  const get: RowStore['get'] = (pk, sk) => {
    calls.push('get');
    return rows.get(pk, sk);
  };
  const put: RowStore['put'] = (row, expected) => {
    calls.push('put');
    return rows.put(row, expected);
  };
  return { rows: { ...rows, get, put }, calls };
}

const asks = (holder: string) => ({ holder, nowMs: NOW, ttlMs: 5 * MINUTE });

test('what was looked at ahead is changed by one write', async () => {
  const { rows, calls } = counted(createMemoryRows());
  const ledger = createLedger(rows);
  await ledger.ahead({ lease: 'orders', incident: 'incident-1' });
  expect(await ledger.lease('orders', asks('one'))).toEqual({ granted: true });
  expect(await ledger.occur(sampleOccurrence())).toMatchObject({ tell: true });
  expect(await ledger.release('orders', 'one')).toEqual({ again: false });
  expect(calls).toEqual(['get', 'get', 'put', 'put', 'put']);
});

test('a change is journaled and recorded without a read', async () => {
  const { rows, calls } = counted(createMemoryRows());
  const ledger = createLedger(rows);
  await ledger.intend(sampleEntry('c1'));
  await ledger.record('c1', { state: 'done' });
  expect(calls).toEqual(['put', 'put', 'put']);
  expect(await ledger.change('c1')).toEqual(sampleEntry('c1', { state: 'done' }));
});

test('what others changed since it was looked at is seen before anything is answered', async () => {
  const rows = createMemoryRows();
  const [one, other] = [createLedger(rows), createLedger(rows)];
  await one.ahead({ lease: 'orders', incident: 'incident-1' });
  await other.lease('orders', asks('other'));
  await other.occur(sampleOccurrence());
  expect(await one.lease('orders', asks('one'))).toMatchObject({ granted: false });
  expect(await one.occur(sampleOccurrence())).toMatchObject({ tell: false, incident: { count: 2 } });
  expect(await other.release('orders', 'other')).toEqual({ again: true });
});

test('a lease that was busy when it was looked at is asked for anew', async () => {
  const rows = createMemoryRows();
  const [one, other] = [createLedger(rows), createLedger(rows)];
  await other.lease('orders', asks('other'));
  await one.lease('orders', asks('one'));
  await one.ahead({ lease: 'orders' });
  await other.release('orders', 'other');
  expect(await one.lease('orders', asks('one'))).toEqual({ granted: true });
});

test('what was seen long ago is not guessed from', async () => {
  let nowMs = NOW;
  const { rows, calls } = counted(createMemoryRows());
  const ledger = createLedger(rows, undefined, () => nowMs);
  await ledger.ahead({ lease: 'orders' });
  nowMs += 10 * MINUTE;
  await ledger.lease('orders', asks('one'));
  expect(calls).toEqual(['get', 'get', 'put']);
});
