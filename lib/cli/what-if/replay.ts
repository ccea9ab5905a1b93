import {
  lifeCycleOf,
  newThroughput,
  requestChange,
  type ThroughputState,
  tick,
} from '../../simulator/throughput/file-system.ts';
import { type Minute, meteredMibps } from '../../simulator/throughput/minute.ts';
import type { Setting } from '../../simulator/throughput/rates.ts';
import { BYTES_PER_MIB } from '../../simulator/throughput/rates.ts';

import {
  type Controller,
  type LoadSeries,
  type Look,
  type Replayed,
  type SeenPoint,
  type SeenRefusal,
  type Switch,
  TERMS,
  type Terms,
  type Trace,
} from './terms.ts';

const MINUTE_MS = 60_000;

interface Run {
  state: ThroughputState;
  usd: number;
  throttledMinutes: number;
  delayedMib: number;
  refusals: number;
  polls: number;
  nextPoll: number;
  seen: number;
  refusal: SeenRefusal | null;
  readonly switches: Switch[];
  readonly trace: Trace;
}

/** Lets a controller live through a series. */
export function replay(series: LoadSeries, controller: Controller, terms: Terms = TERMS): Replayed {
  const run = newRun(series, terms);
  for (let minute = 0; minute < series.sizeGib.length; minute++) {
    if (minute >= run.nextPoll) poll(run, { minute, series, controller, terms });
    const now = {
      nowMs: series.startMs + minute * MINUTE_MS,
      load: { readMibps: series.readMibps[minute] ?? 0, writeMibps: series.writeMibps[minute] ?? 0 },
      sizeGib: series.sizeGib[minute] ?? 0,
    };
    const lived = tick(run.state, now, terms.physics);
    run.state = lived.state;
    record(run, minute, lived.minute);
    run.trace.demandMibps[minute] = meteredMibps(now.load);
  }
  const monitorUsd = run.polls * controller.metrics * terms.physics.prices.metricUsd;
  const { usd, throttledMinutes, delayedMib, switches, refusals, polls, trace } = run;
  const j = usd + monitorUsd + throttledMinutes * terms.throttledMinuteUsd;
  return { usd, monitorUsd, throttledMinutes, delayedMib, switches, refusals, polls, j, trace };
}

function newRun(series: LoadSeries, terms: Terms): Run {
  const minutes = series.sizeGib.length;
  const start = { sizeGib: series.sizeGib[0] ?? 0, creditMib: series.creditMib };
  return {
    state: newThroughput(terms.start === undefined ? start : { ...start, setting: terms.start }),
    usd: 0,
    throttledMinutes: 0,
    delayedMib: 0,
    refusals: 0,
    polls: 0,
    nextPoll: 0,
    seen: 0,
    refusal: null,
    switches: [],
    trace: {
      demandMibps: new Float64Array(minutes),
      servedMibps: new Float64Array(minutes),
      permittedMibps: new Float64Array(minutes),
      creditMib: new Float64Array(minutes),
      throttled: new Uint8Array(minutes),
    },
  };
}

interface Turn {
  readonly minute: number;
  readonly series: LoadSeries;
  readonly controller: Controller;
  readonly terms: Terms;
}

function poll(run: Run, turn: Turn): void {
  const { minute, series, controller, terms } = turn;
  const nowMs = series.startMs + minute * MINUTE_MS;
  const reply = controller.look(lookAt(run, turn, nowMs));
  run.polls += 1;
  run.nextPoll = minute + Math.max(1, Math.round(reply.nextPollMinutes));
  run.refusal = null;
  if (reply.action === null) return;
  const to: Setting = { mode: reply.action.mode, mibps: reply.action.mibps ?? 0 };
  const answer = requestChange(run.state, { to, nowMs }, { rule: terms.rule, physics: terms.physics });
  if ('refusal' in answer) {
    run.refusals += 1;
    run.refusal = { at: nowMs, error: answer.refusal.error, message: answer.refusal.message };
    return;
  }
  run.state = answer.state;
  run.switches.push({ minute, ...reply.action });
}

function lookAt(run: Run, turn: Turn, nowMs: number): Look {
  const { setting, meteredSizeGib } = run.state;
  const upTo = Math.max(run.seen, turn.minute - turn.terms.delayMinutes + 1);
  const points: SeenPoint[] = [];
  for (let minute = run.seen; minute < upTo; minute++)
    points.push({
      at: turn.series.startMs + minute * MINUTE_MS,
      creditBytes: (run.trace.creditMib[minute] ?? 0) * BYTES_PER_MIB,
      permittedBytesPerSecond: (run.trace.permittedMibps[minute] ?? 0) * BYTES_PER_MIB,
      meteredBytes: (run.trace.servedMibps[minute] ?? 0) * 60 * BYTES_PER_MIB,
    });
  run.seen = upTo;
  const fileSystem = {
    id: 'fs-0123456789abcdef0',
    mode: setting.mode,
    ...(setting.mode === 'provisioned' ? { mibps: setting.mibps } : {}),
    sizeStandardGib: meteredSizeGib,
    lifeCycleState: lifeCycleOf(run.state),
  };
  return { nowMs, fileSystem, points, ...(run.refusal === null ? {} : { refusal: run.refusal }) };
}

function record(run: Run, index: number, minute: Minute): void {
  run.usd += minute.usd;
  run.delayedMib += minute.delayedMib;
  run.throttledMinutes += minute.throttled ? 1 : 0;
  run.trace.servedMibps[index] = minute.servedMibps;
  run.trace.permittedMibps[index] = minute.permittedMibps;
  run.trace.creditMib[index] = minute.creditMib;
  run.trace.throttled[index] = minute.throttled ? 1 : 0;
}
