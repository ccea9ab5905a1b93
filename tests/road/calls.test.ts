import type { BreakName } from '../../lib/simulator/break-it.ts';
import { runEstate } from '../../lib/simulator/estate.ts';
import { functionRole } from '../../lib/simulator/stack/installation.ts';
import { boundOf, REMEDIATE } from '../bench/bounds.ts';
import { breakIt, stage } from '../scenarios/stage.ts';

/** The bench counts all causes, with calls that take their time; these few are held at every run. */
test.each<BreakName>(['sg-ingress', 'no-grant', 'acl'])(
  '%s is dealt with in about as few calls as it needs',
  async (cause) => {
    const { account, estate } = stage();
    breakIt(account, estate, cause);
    await runEstate(account, estate);
    await account.bus.drain();
    const role = functionRole(account, 'remediate');
    const calls = account.calls.filter(({ caller }) => caller === role);
    const bound = boundOf(REMEDIATE[cause] ?? []);
    expect(bound.calls).toBeGreaterThan(20);
    expect(calls.length).toBeLessThanOrEqual(bound.calls * 1.25);
    // Here calls take no time, so a burst may begin a moment after another one was answered.
    const trips = new Set(calls.map(({ depth }) => depth)).size;
    expect(trips).toBeLessThanOrEqual(bound.trips + 3);
  },
);
