import { runEstate } from '../../lib/simulator/estate.ts';
import type { FaultKind } from '../../lib/simulator/faults.ts';
import { operator } from './operator.ts';
import { breakIt, type Stage, stage } from './stage.ts';

const MINUTE = 60_000;

function subjects({ account }: Stage): readonly string[] {
  return account.state.sns.published
    .filter(({ topicArn }) => topicArn.endsWith(':mountkeeper-alerts'))
    .map(({ subject = '' }) => subject.split(':')[0] ?? '');
}

/** A rule was gone and is there again, and a task has been running since. */
async function repaired(): Promise<Stage> {
  const at = stage({}, { patterns: {} });
  breakIt(at.account, at.estate, 'sg-ingress');
  await at.installed.invoke('sweep', {});
  await at.account.clock.advance(MINUTE);
  await runEstate(at.account, at.estate);
  await at.account.clock.advance(6 * MINUTE);
  return at;
}

describe('the end of an incident is told, though the alert does not get through at once', () => {
  test.each<FaultKind>(['throttle', 'deny', 'crash-before'])('%s', async (kind) => {
    const at = await repaired();
    at.account.faults.inject({ match: { service: 'SNS' }, kind });
    await expect(at.installed.deliver('sweep', {}, 'first')).rejects.toThrow();
    at.account.faults.clear();
    // Not even the retry: that one may have been given up.
    await at.account.clock.advance(60 * MINUTE);
    await at.installed.deliver('sweep', {}, 'another');
    expect(subjects(at)).toEqual(['Repaired', 'Resolved']);
    await at.installed.deliver('sweep', {}, 'yet another');
    expect(subjects(at)).toEqual(['Repaired', 'Resolved']);
  });
});

describe('what the sweep and drift tell once is told, though the alert does not get through at once', () => {
  test('a change that an owner withholds', async () => {
    const at = stage({ keys: { role: false } }, { patterns: {} });
    breakIt(at.account, at.estate, 'no-grant');
    at.account.faults.inject({ match: { service: 'SNS' }, kind: 'throttle' });
    await expect(at.installed.deliver('sweep', {}, 'first')).rejects.toThrow();
    // Whatever of it may still be under way.
    await new Promise((resolve) => setTimeout(resolve, 100));
    at.account.faults.clear();
    await at.installed.deliver('sweep', {}, 'first');
    expect(subjects(at)).toHaveLength(1);
    await at.installed.deliver('sweep', {}, 'another');
    expect(subjects(at)).toHaveLength(1);
  });

  test.each(['sweep', 'drift'] as const)('a key that is gone: %s', async (keeper) => {
    const at = stage({}, { patterns: {} });
    await at.installed.invoke('sweep', {});
    await operator(at.account).untag(at.estate.fileSystemId, 'mountkeeper:allow');
    const event = keeper === 'drift' ? at.account.bus.events.at(-1) : {};
    at.account.faults.inject({ match: { service: 'SNS' }, kind: 'throttle' });
    await expect(at.installed.deliver(keeper, event, 'first')).rejects.toThrow();
    at.account.faults.clear();
    await at.installed.deliver(keeper, event, 'first');
    const mails = at.account.state.sns.published.filter(({ topicArn }) => topicArn.endsWith(':mountkeeper-alerts'));
    expect(mails).toHaveLength(1);
    expect(mails[0]?.message).toContain('key');
    expect(JSON.stringify(at.installed.arrivals.at(-1))).toContain('key-vanished');
  });
});
