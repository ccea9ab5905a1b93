import type { Action } from '../../lib/domain/action.ts';
import { wishOf } from '../../lib/domain/action-traits.ts';
import { createLedger } from '../../lib/ledger/create-ledger.ts';
import { createMemoryRows } from '../../lib/ledger/memory-rows.ts';

const LONG = 'n'.repeat(255);
const ARN = 'arn:aws:ecs:us-east-1:111122223333';

/** ECS API reference: clusters, services and families have names of up to 255 characters. */
function move(revision: number): Action {
  return {
    kind: 'update-service',
    family: LONG,
    serviceArn: `${ARN}:service/${LONG}/${LONG}`,
    clusterArn: `${ARN}:cluster/${LONG}`,
    taskDefinition: `${ARN}:task-definition/${LONG}:${revision}`,
    previousTaskDefinition: `${ARN}:task-definition/${LONG}:1`,
    forceNewDeployment: false,
  };
}

test('the wishes of the longest names are held and released, each for itself', async () => {
  const ledger = createLedger(createMemoryRows());
  const [one, other] = [wishOf(move(2)), wishOf(move(3))];
  await ledger.hold(one, 'reverted by hand', 0);
  expect(await ledger.held([one, other])).toEqual(new Set([one]));
  expect(await ledger.allHeld()).toEqual([{ key: one, why: 'reverted by hand', atMs: 0 }]);
  expect([await ledger.releaseHeld(other), await ledger.releaseHeld(one)]).toEqual([false, true]);
});

test('they are counted as well', async () => {
  const ledger = createLedger(createMemoryRows());
  const key = `wish ${wishOf(move(2))}`;
  expect(await ledger.spend({ key, limit: 1, windowMs: 1 }, 0)).toBe(true);
  expect(await ledger.spent(key, [1], 0)).toEqual([1]);
});
