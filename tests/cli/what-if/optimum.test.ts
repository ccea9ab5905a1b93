import { alwaysProvisioned, never, percentThresholds } from '../../../lib/cli/what-if/baselines.ts';
import { optimum } from '../../../lib/cli/what-if/optimum.ts';
import { policyController } from '../../../lib/cli/what-if/policy-controller.ts';
import { replay } from '../../../lib/cli/what-if/replay.ts';
import { type Controller, type LoadSeries, TERMS } from '../../../lib/cli/what-if/terms.ts';
import { DEFAULT_SETTINGS } from '../../../lib/keepers/throughput/terms.ts';

const MINUTES = 2 * 1440;

/** 60 GiB earn 2.9 MiB/s; busy at 25 MiB/s in some hours of each day. */
function daily(hours: number): LoadSeries {
  return {
    startMs: Date.parse('2026-06-01T00:00:00Z'),
    readMibps: new Float64Array(MINUTES),
    writeMibps: Float64Array.from({ length: MINUTES }, (_, minute) => ((minute / 60) % 24 < hours ? 25 : 0.5)),
    sizeGib: new Float64Array(MINUTES).fill(60),
    creditMib: 100_000,
  };
}

const run = (series: LoadSeries, controller: Controller) => replay(series, controller, TERMS);

test.each([6, 14])('%d busy hours a day: nobody is cheaper than whoever knows the future', (hours) => {
  const series = daily(hours);
  const others = [
    never(),
    alwaysProvisioned(25, 'always'),
    percentThresholds({ low: 20, high: 80, mibps: 25 }),
    policyController(DEFAULT_SETTINGS),
  ].map((controller) => run(series, controller));
  const alone = run(series, optimum(series, TERMS));
  const known = run(
    series,
    optimum(
      series,
      TERMS,
      others.map(({ switches }) => switches),
    ),
  );
  const best = Math.min(...others.map(({ j }) => j));
  expect([alone.refusals, known.refusals]).toEqual([0, 0]);
  expect(alone.j).toBeLessThanOrEqual(best);
  expect(known.j).toBeLessThanOrEqual(alone.j);
});
