import { runEstate } from '../../lib/simulator/estate.ts';
import type { FaultKind } from '../../lib/simulator/faults.ts';
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
