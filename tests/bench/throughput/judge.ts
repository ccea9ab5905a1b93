import {
  alwaysProvisioned,
  never,
  percentThresholds,
  researchStudioLambda,
} from '../../../lib/cli/what-if/baselines.ts';
import { optimum } from '../../../lib/cli/what-if/optimum.ts';
import { policyController } from '../../../lib/cli/what-if/policy-controller.ts';
import { replay } from '../../../lib/cli/what-if/replay.ts';
import { type Controller, type LoadSeries, type Replayed, TERMS, type Terms } from '../../../lib/cli/what-if/terms.ts';
import { DEFAULT_SETTINGS } from '../../../lib/keepers/throughput/terms.ts';

/** What is compared; `best threshold` is the better of four with an amount taken from hindsight. */
export type RowName = 'never' | 'always p99' | 'best threshold' | 'RES lambda' | 'mountkeeper' | 'optimum';

export type Judged = Readonly<Record<RowName, Replayed>>;

/** Bounds would be an owner's; the bench asks what the policy does when money is weighed by its price alone. */
const SETTINGS = { ...DEFAULT_SETTINGS, maxMibps: 3414, maxMonthlyUsd: Number.MAX_SAFE_INTEGER };

export function judge(series: LoadSeries, terms: Terms = TERMS): Judged {
  const demand = series.readMibps.map((read, minute) => read / 3 + (series.writeMibps[minute] ?? 0)).toSorted();
  const at = (share: number) => Math.ceil(demand[Math.min(demand.length - 1, Math.floor(share * demand.length))] ?? 1);
  const run = (controller: Controller) => replay(series, controller, terms);
  return {
    never: run(never()),
    'always p99': run(alwaysProvisioned(at(0.99), 'always p99')),
    'best threshold': bestThreshold([at(0.9), at(0.99)], run),
    'RES lambda': run(researchStudioLambda()),
    mountkeeper: run(policyController(SETTINGS)),
    optimum: run(optimum(series, terms)),
  };
}

function bestThreshold(amounts: readonly number[], run: (controller: Controller) => Replayed): Replayed {
  const all = amounts.flatMap((mibps) => [
    run(percentThresholds({ low: 20, high: 80, mibps })),
    run(percentThresholds({ low: 5, high: 50, mibps })),
  ]);
  return all.reduce((best, one) => (one.j < best.j ? one : best));
}
