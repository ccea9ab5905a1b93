import { BREAK_NAMES, type BreakName } from '../../lib/simulator/break-it.ts';
import { boundOf, REMEDIATE } from '../bench/bounds.ts';
import { stopped } from '../bench/calls.ts';
import { CHANGES, ROUNDS, SET_UP } from '../bench/changes.ts';
import { slowAccount, type Trace, traceOf } from '../bench/slow-account.ts';

/** Here calls take next to no time, so a burst may begin a moment after another one was answered. */
const A_MOMENT_MS = 10;
const BURSTS = 2;
/** What the bench lets pass, 1.25 times the bound, would hide a dozen needless calls. */
const MORE = 5;

const CAUSES = BREAK_NAMES.filter((cause) => REMEDIATE[cause] !== undefined);

test.each<BreakName>(CAUSES)('remediate deals with %s in about as few calls as it needs', async (cause) => {
  expectAbout(boundOf(REMEDIATE[cause] ?? []), await stopped(cause, A_MOMENT_MS));
});

test.each([SET_UP, ...CHANGES, ...ROUNDS])(
  '$keeper, $what: in about as few calls as it needs',
  async ({ keeper, bound, run }) => {
    const account = slowAccount(A_MOMENT_MS);
    const since = await run(account);
    expectAbout(boundOf(bound), traceOf(account, keeper, since));
  },
);

function expectAbout(bound: ReturnType<typeof boundOf>, { calls, roundTrips }: Trace): void {
  expect(calls.length).toBeGreaterThanOrEqual(bound.calls);
  expect(calls.length).toBeLessThanOrEqual(bound.calls + MORE);
  expect(roundTrips).toBeLessThanOrEqual(bound.trips + BURSTS);
}
