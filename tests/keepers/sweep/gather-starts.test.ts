import { absent, present } from '../../../lib/domain/fact.ts';
import type { FamilyFacts } from '../../../lib/facts/gather-family.ts';
import { gatherStarts, rememberCursor } from '../../../lib/keepers/sweep/gather-starts.ts';
import { createLedger } from '../../../lib/ledger/create-ledger.ts';
import { createMemoryRows } from '../../../lib/ledger/memory-rows.ts';
import type { World } from '../../../lib/world.ts';

function families(count: number): readonly FamilyFacts[] {
  return Array.from({ length: count }, (_none, number) => {
    const services = present([{ runningCount: 1, clusterArn: 'cluster/one' }]);
    const family = `f${String(number).padStart(4, '0')}`;
    return { family, optedIn: true, newest: absent, services, units: [] } as unknown as FamilyFacts;
  });
}

function accountThatCounts() {
  const asked: string[] = [];
  const world = {
    ledger: createLedger(createMemoryRows()),
    ecs: {
      tasks: (_cluster: string, { family, status }: { family: string; status: string }) => {
        asked.push(`${family} ${status}`);
        return Promise.resolve(present([]));
      },
    },
  } as unknown as World;
  return { asked, world };
}

test('a sweep asks for a hundred families at most, the next one goes on, and the one after the last begins anew', async () => {
  const { world } = accountThatCounts();
  const looked: string[] = [];
  for (let sweep = 0; sweep < 4; sweep += 1) {
    const measured = await gatherStarts(families(250), world);
    await rememberCursor(measured, world);
    const [first, last] = [measured.families[0], measured.families.at(-1)];
    looked.push(`${first?.family} ${last?.family} ${measured.families.length}`);
  }
  expect(looked).toEqual(['f0000 f0099 100', 'f0100 f0199 100', 'f0200 f0249 50', 'f0000 f0099 100']);
});

test('tasks that stopped are asked for where a family was never measured, and only there', async () => {
  const { asked, world } = accountThatCounts();
  await world.ledger.keep('starts', 'f0000', { untilMs: 1, before: [], wired: [] });
  await gatherStarts(families(2), world);
  expect(asked.toSorted()).toEqual(['f0000 RUNNING', 'f0001 RUNNING', 'f0001 STOPPED']);
});
