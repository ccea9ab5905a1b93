import { runEstate } from '../../lib/simulator/estate.ts';
import { type Stage, stage } from './stage.ts';

const HOUR_MS = 3_600_000;

/** Two more tasks of the service, which take so long from created to started; then the next sweep. */
async function startsTaking(at: Stage, seconds: number): Promise<void> {
  const { account, estate, installed } = at;
  const { tasks, services } = account.state.ecs;
  const service = services[estate.serviceArn ?? ''];
  for (let task = 0; task < 2; task += 1) {
    await account.clock.advance(60_000);
    if (service) service.desiredCount = Object.keys(tasks).length + 1;
    await runEstate(account, estate);
    const newest = Object.values(tasks).at(-1);
    if (newest) newest.startedAtMs = newest.createdAtMs + seconds * 1000;
  }
  await account.clock.advance(HOUR_MS);
  await installed.invoke('sweep', {});
}

function subjects({ account }: Stage): readonly string[] {
  return account.state.sns.published
    .filter(({ topicArn }) => topicArn.endsWith(':mountkeeper-alerts'))
    .map(({ subject = '' }) => subject);
}

function measured({ installed }: Stage): readonly number[] {
  const last = installed.arrivals.at(-1);
  return last?.kind === 'walked' ? last.figures.map(({ value }) => value) : [];
}

test('starts that become much slower are measured, told once, and their end is told', async () => {
  const at = stage({}, { patterns: {} });
  await startsTaking(at, 30);
  expect(measured(at)).toEqual([30_000, 30_000]);
  await startsTaking(at, 32);
  expect(subjects(at)).toEqual([]);
  await startsTaking(at, 95);
  expect(measured(at)).toEqual([95_000, 95_000]);
  expect(subjects(at)).toEqual(['Notice: shop-api - Tasks take much longer to start than they did']);
  await startsTaking(at, 96);
  expect(subjects(at)).toHaveLength(1);
  await startsTaking(at, 31);
  expect(subjects(at).slice(1)).toEqual(['Resolved: shop-api starts as fast as before after 2 h 5 min']);
});

test('no task is measured twice, and where nobody started a task nothing is', async () => {
  const at = stage({}, { patterns: {} });
  await startsTaking(at, 30);
  await at.account.clock.advance(HOUR_MS);
  await at.installed.invoke('sweep', {});
  expect(measured(at)).toEqual([]);
});

test('a dry run measures nothing and remembers nothing', async () => {
  const at = stage({}, { patterns: {} });
  await runEstate(at.account, at.estate);
  await at.installed.invoke('sweep', { dryRun: true });
  expect(measured(at)).toEqual([]);
  await at.installed.invoke('sweep', {});
  expect(measured(at)).toHaveLength(1);
});
