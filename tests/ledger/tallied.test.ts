import { createLedger } from '../../lib/ledger/create-ledger.ts';
import { createMemoryRows } from '../../lib/ledger/memory-rows.ts';
import { tallied } from '../../lib/ledger/tallied.ts';

const HOUR_MS = 3_600_000;
const trouble = {
  id: 'inc-1',
  keeper: 'sweep',
  thing: 'family:shop',
  codes: ['grant-missing'],
  severity: 'must-fix',
  repaired: false,
  windowMs: HOUR_MS,
} as const;

test('an incident is counted when it begins and when it ends, not when it goes on; what was taken is not counted again', async () => {
  const { ledger, take } = tallied(createLedger(createMemoryRows()));
  await ledger.occur({ ...trouble, atMs: 1 });
  await ledger.occur({ ...trouble, atMs: 2 * HOUR_MS });
  expect(take()).toEqual({ opened: 1, resolved: 0 });
  await ledger.resolve('inc-1', 3 * HOUR_MS);
  await ledger.resolve('inc-1', 3 * HOUR_MS);
  await ledger.occur({ ...trouble, atMs: 4 * HOUR_MS });
  expect(take()).toEqual({ opened: 1, resolved: 1 });
  expect(take()).toEqual({ opened: 0, resolved: 0 });
});
