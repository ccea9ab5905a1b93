import { countUp, recentHere, recentOf, remindOf } from '../../lib/cool-down.ts';
import type { Go } from '../../lib/keeper.ts';
import type { Settled } from '../../lib/settle.ts';
import { createAccount } from '../../lib/simulator/account.ts';
import { worldOn } from '../../lib/simulator/world-on.ts';
import { sampleOccurrence } from '../ledger/samples.ts';

const parsed: Go<unknown> = {
  kind: 'go',
  input: {},
  byHand: false,
  dryRun: false,
  fingerprint: 'shop network-timeout',
};

/** One process that has just diagnosed something that it could not change. */
async function diagnosed() {
  const account = createAccount();
  const world = worldOn(account);
  const occurrence = { ...sampleOccurrence(), atMs: world.nowMs() };
  await world.ledger.occur(occurrence);
  const settled = [{ outcome: { steps: [] }, occurrence } as unknown as Settled];
  await remindOf(parsed, { settled, world, runId: 'first' });
  return { account, world, now: { world, runId: 'next' }, id: occurrence.id };
}

test('the process that diagnosed it counts without a read', async () => {
  const { account, world, now, id } = await diagnosed();
  const since = account.callCount();
  for (let event = 0; event < 10; event += 1) {
    const recent = recentHere(parsed, now);
    if (recent) await countUp(recent, world);
  }
  expect(account.calls.slice(since).map(({ operation }) => operation)).toEqual(Array(10).fill('PutItem'));
  expect(await world.ledger.incident(id)).toMatchObject({ count: 11 });
});

test('a storm is written once in five seconds, and none of it is lost while it lasts', async () => {
  const { account, world, now, id } = await diagnosed();
  const since = account.callCount();
  for (let event = 0; event < 1_000; event += 1) {
    if (event % 100 === 99) await account.clock.advance(5_000);
    const recent = recentHere(parsed, now);
    if (recent) await countUp(recent, world);
  }
  expect(account.callCount() - since).toBe(20);
  expect((await world.ledger.incident(id))?.count).toBe(1 + 1_000);
});

test('another process finds it in the ledger, and then knows it too', async () => {
  const { account, world } = await diagnosed();
  const other = { world: worldOn(account), runId: 'other' };
  expect(recentHere(parsed, other)).toBeUndefined();
  expect(await recentOf(parsed, other)).toEqual(recentHere(parsed, { world, runId: 'next' }));
  expect(recentHere(parsed, other)).toBeDefined();
});

test('after a minute, or in its own retry, it is looked at again', async () => {
  const { account, now, world } = await diagnosed();
  expect(recentHere(parsed, { world, runId: 'first' })).toBeUndefined();
  expect(await recentOf(parsed, { world, runId: 'first' })).toBeUndefined();
  await account.clock.advance(61_000);
  expect([recentHere(parsed, now), await recentOf(parsed, now)]).toEqual([undefined, undefined]);
});
