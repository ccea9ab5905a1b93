import type { ThroughputSettings } from '../../keepers/throughput/terms.ts';
import { always, alwaysProvisioned, never, percentThresholds } from '../what-if/baselines.ts';
import { optimum } from '../what-if/optimum.ts';
import { policyController } from '../what-if/policy-controller.ts';
import { replay } from '../what-if/replay.ts';
import { type Controller, type LoadSeries, type Replayed, TERMS } from '../what-if/terms.ts';

export interface Compared {
  readonly about: string;
  readonly days: number;
  readonly series: LoadSeries;
  readonly bounds: { readonly maxMibps: number; readonly maxMonthlyUsd: number };
  readonly rows: readonly ComparedRow[];
  /** What the figures do not say by themselves. */
  readonly notes: readonly string[];
  /** What our policy did, minute by minute. */
  readonly ours: Replayed;
}

export interface ComparedRow {
  readonly policy: string;
  readonly usdPerMonth: number;
  readonly throttledMinutes: number;
  readonly changes: number;
  /** With the throttled minutes at their price. */
  readonly costUsdPerMonth: number;
}

const DAY_MINUTES = 1_440;
const MONTH_DAYS = 30;
const BUSY_SHARE = 0.95;
const OURS = 'mountkeeper';

/** The same load under each policy. The optimum knows the future: nobody can reach it, it says how much there is to gain. */
export function compare(series: LoadSeries, settings: ThroughputSettings): Compared {
  const terms = { ...TERMS, throttledMinuteUsd: settings.throttledMinuteUsd };
  const { maxMibps, maxMonthlyUsd } = settings;
  const busy = Math.max(1, Math.min(Math.floor(maxMibps), Math.ceil(quantile(series.writeMibps, BUSY_SHARE))));
  const controllers: readonly Controller[] = [
    never(),
    alwaysProvisioned(busy, `always ${busy} MiB/s`),
    percentThresholds({ low: 10, high: 80, mibps: busy }),
    always({ mode: 'elastic' }, 'Elastic'),
    policyController(settings, OURS),
  ];
  const run = (controller: Controller) => ({ controller, came: replay(series, controller, terms) });
  const others = controllers.map(run);
  const known = others.map(({ came }) => came.switches);
  const replayed: readonly Lived[] = [...others, run(optimum(series, terms, known))];
  const days = series.sizeGib.length / DAY_MINUTES;
  const ours = replayed.find(({ controller }) => controller.name === OURS)?.came ?? replay(series, never(), terms);
  return {
    about: `${days.toFixed(1)} days from ${new Date(series.startMs).toISOString().slice(0, 16).replace('T', ' ')} UTC, ${series.sizeGib[0]} GiB in the Standard class; a throttled minute costs ${settings.throttledMinuteUsd} USD, prices of us-east-1; bounds: ${maxMibps} MiB/s, ${maxMonthlyUsd} USD a month.`,
    bounds: { maxMibps, maxMonthlyUsd },
    notes: notesOn(replayed, { days, maxMonthlyUsd }),
    days,
    series,
    ours,
    rows: replayed.map(({ controller, came }) => rowOf(controller.name, came, days)),
  };
}

interface Lived {
  readonly controller: Controller;
  readonly came: Replayed;
}

/** Some days of a load may keep to a month's dollars that the whole month would not: said, since what comes then is not known. */
function notesOn(replayed: readonly Lived[], at: { readonly days: number; readonly maxMonthlyUsd: number }): string[] {
  const usd = replayed.find(({ controller }) => controller.name === OURS)?.came.usd ?? 0;
  const untilDay = (at.maxMonthlyUsd * at.days) / usd;
  const isOver = at.days < MONTH_DAYS && untilDay < MONTH_DAYS;
  return [
    `The dollars bind ${OURS} alone, the MiB/s every policy that buys an amount except the optimum.`,
    ...(isOver
      ? [
          `A whole month of this load would use up the ${at.maxMonthlyUsd} USD of ${OURS} by about day ${Math.ceil(untilDay)}; it pays no more, and minutes throttled from then on are not counted here.`,
        ]
      : []),
  ];
}

function rowOf(
  policy: string,
  { usd, monitorUsd, throttledMinutes, switches, j }: Replayed,
  days: number,
): ComparedRow {
  const aMonth = (amount: number) => Number(((amount * MONTH_DAYS) / days).toFixed(2));
  return {
    policy,
    usdPerMonth: aMonth(usd + monitorUsd),
    throttledMinutes,
    changes: switches.length,
    costUsdPerMonth: aMonth(j),
  };
}

function quantile(levels: Float64Array, share: number): number {
  const sorted = levels.toSorted();
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
}
