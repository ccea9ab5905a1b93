import { TAG } from '../../domain/tags.ts';
import { utc } from '../../report/alert/time.ts';
import type { ThroughputFacts } from './gather.ts';
import { textOf } from './observe.ts';
import { settingIn } from './schedule-journal.ts';
import type { Verdict } from './schedule-verdict.ts';
import { rangeOf } from './told-forecast.ts';

/** Whoever asks by hand is told how it stands, whether there is trouble or not; a run of the schedule is counted. */
export function reportOf(facts: ThroughputFacts): unknown {
  if (facts.input.fileSystemId === undefined) return { looked: facts.verdicts.length };
  return facts.verdicts.map(shown);
}

function shown({ fileSystem, decision, nowMs, knobs, sizeGib }: Verdict) {
  const { forecast, memory } = decision;
  return {
    fileSystem: fileSystem.id,
    key: fileSystem.tags[TAG.throughput] ?? 'observe',
    setting: textOf(settingIn(fileSystem)),
    sizeGib: Number(sizeGib.toFixed(2)),
    why: decision.why,
    ...(forecast === null
      ? {}
      : { creditGib: Number((forecast.creditMib / 1024).toFixed(1)), exhaustion: rangeOf(forecast) }),
    bounds: { maxMibps: knobs.maxMibps, maxMonthlyUsd: knobs.maxMonthlyUsd, spentUsd: memory.spend.usd },
    ...(memory.lockedUntilMs !== null && memory.lockedUntilMs > nowMs ? { lockEnds: utc(memory.lockedUntilMs) } : {}),
  };
}
