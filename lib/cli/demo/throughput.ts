import { DEFAULT_SETTINGS } from '../../keepers/throughput/terms.ts';
import { table } from '../../report/table.ts';
import { policyController } from '../what-if/policy-controller.ts';
import { replay } from '../what-if/replay.ts';
import type { Controller, LoadSeries, Replayed } from '../what-if/terms.ts';
import type { Teller } from './stage-manager.ts';
import { ciLoad, MINUTE_MS } from './throughput-week.ts';

const MINUTES = 7 * 1440;
/** A Monday. */
const START_MS = Date.parse('2026-08-31T00:00:00Z');
const SIZE_GIB = 60;
const CREDIT_MIB = 400_000;
/** One sign of the plot stands for two hours. */
const STEP_MINUTES = 120;
const STEPS_A_DAY = 1440 / STEP_MINUTES;
const BARS = ' ▁▂▃▄▅▆▇█';

/** A week of continuous integration on a small file system, with and without Mountkeeper: the keeper's policy, minute by minute. */
export function tellThroughput(teller: Teller): void {
  teller.chapter(
    'A week on burst credits',
    'A file system of 60 GiB earns 2.9 MiB/s and serves continuous integration: 27 MiB/s in office hours.',
  );
  const series = ciWeek();
  const nobody: Controller = { name: 'nobody', metrics: 0, look: () => ({ action: null, nextPollMinutes: MINUTES }) };
  const without = replay(series, nobody);
  const kept = replay(series, policyController(DEFAULT_SETTINGS));
  teller.scene('without Mountkeeper');
  shows(without, teller);
  teller.scene('with mountkeeper:throughput=auto');
  shows(kept, teller);
  for (const { minute, mode, mibps } of kept.switches)
    teller.happens('switched', `${dayAndHour(minute)}  ${mode}${mibps === undefined ? '' : ` ${mibps} MiB/s`}`);
  const rows = [rowOf('without', without), rowOf('with Mountkeeper', kept)];
  const head = ['a week', 'throttled', 'switches', 'cost'];
  teller.says(table(rows, { head, right: [1, 2, 3], palette: teller.palette }));
}

function ciWeek(): LoadSeries {
  const load = Array.from({ length: MINUTES }, (_, minute) => ciLoad(START_MS + minute * MINUTE_MS));
  return {
    startMs: START_MS,
    readMibps: Float64Array.from(load, ({ readMibps }) => readMibps),
    writeMibps: Float64Array.from(load, ({ writeMibps }) => writeMibps),
    sizeGib: new Float64Array(MINUTES).fill(SIZE_GIB),
    creditMib: CREDIT_MIB,
  };
}

function shows({ trace }: Replayed, teller: Teller): void {
  const credit = means(trace.creditMib).map((mib) => mib / 1024);
  const served = means(trace.servedMibps);
  teller.happens('credits', `${bars(credit)}  at most ${Math.max(...credit).toFixed(0)} GiB`);
  teller.happens('served', `${bars(served)}  at most ${Math.max(...served).toFixed(0)} MiB/s`);
}

function means(values: Float64Array): readonly number[] {
  return Array.from({ length: Math.ceil(values.length / STEP_MINUTES) }, (_, index) => {
    const part = values.subarray(index * STEP_MINUTES, (index + 1) * STEP_MINUTES);
    return part.reduce((sum, value) => sum + value, 0) / Math.max(1, part.length);
  });
}

/** A line between the days. */
function bars(values: readonly number[]): string {
  const most = Math.max(...values, Number.MIN_VALUE);
  const signs = values.map((value) => BARS[Math.ceil((value / most) * (BARS.length - 1))] ?? ' ');
  return signs.map((sign, index) => (index > 0 && index % STEPS_A_DAY === 0 ? `│${sign}` : sign)).join('');
}

function dayAndHour(minute: number): string {
  const at = new Date(START_MS + minute * MINUTE_MS);
  return `${at.toUTCString().slice(0, 3)} ${at.toISOString().slice(11, 16)}`;
}

function rowOf(name: string, { throttledMinutes, switches, usd, monitorUsd }: Replayed): readonly string[] {
  const cost = `$${(usd + monitorUsd).toFixed(2)}`;
  return [name, `${throttledMinutes} min`, String(switches.length), cost];
}
