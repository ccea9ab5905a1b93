import { emptyHistory } from '../../keepers/throughput/history.ts';
import type { ThroughputMemory } from '../../keepers/throughput/memory.ts';
import { decideThroughput } from '../../keepers/throughput/policy.ts';
import type { ThroughputSettings } from '../../keepers/throughput/terms.ts';
import type { Controller, Look } from './terms.ts';

/** Our policy, with the memory that the ledger would hold; `spentUsd` is its own count of this month's dollars. */
export function policyController(
  settings: ThroughputSettings,
  name = 'mountkeeper',
): Controller & { readonly spentUsd: () => number } {
  const history = emptyHistory();
  let memory: ThroughputMemory | undefined;
  const look = (seen: Look) => {
    const { nowMs, fileSystem, points, refusal } = seen;
    const decision = decideThroughput(
      {
        now: nowMs,
        fileSystem,
        points,
        settings,
        ...(refusal === undefined ? {} : { refusal }),
        ...(memory === undefined ? {} : { memory }),
      },
      history,
    );
    memory = decision.memory;
    return { action: decision.action, nextPollMinutes: decision.nextPollMinutes, why: decision.why };
  };
  return { name, metrics: 3, look, spentUsd: () => memory?.spend.usd ?? 0 };
}
