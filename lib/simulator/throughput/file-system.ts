import { clockAfter, type LockClock, type LockRule, lockedUntilMs } from './lock.ts';
import { type Load, liveMinute, type Minute, PHYSICS, type Physics, type Work } from './minute.ts';
import { FULL_BUCKET_MIB, maximumCreditMib, type Setting } from './rates.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Everything that throughput depends on, as plain JSON. */
export interface ThroughputState extends Work, LockClock {
  readonly setting: Setting;
  readonly pending: { readonly setting: Setting; readonly atMs: number } | null;
  readonly trueSizeGib: number;
  /** ValueInStandard: the true size at the last full hour. */
  readonly meteredSizeGib: number;
}

export interface Refusal {
  readonly error: string;
  readonly httpStatus: number;
  readonly message: string;
}

export interface RequestRules {
  readonly rule: LockRule;
  readonly performanceMode?: 'generalPurpose' | 'maxIO';
  readonly physics?: Physics;
  /** How long a change stays `updating`. */
  readonly applyMs?: number;
}

export function newThroughput(start: { sizeGib: number; creditMib?: number; setting?: Setting }): ThroughputState {
  return {
    setting: start.setting ?? { mode: 'bursting', mibps: 0 },
    pending: null,
    trueSizeGib: start.sizeGib,
    meteredSizeGib: start.sizeGib,
    creditMib: Math.min(start.creditMib ?? FULL_BUCKET_MIB, maximumCreditMib(start.sizeGib)),
    backlogReadMib: 0,
    backlogWriteMib: 0,
    lastRestrictedMs: null,
    lastProvisionedMs: null,
  };
}

export function lifeCycleOf(state: ThroughputState): 'available' | 'updating' {
  return state.pending === null ? 'available' : 'updating';
}

export interface Request {
  readonly to: Setting;
  readonly nowMs: number;
}

export type Answer = { readonly state: ThroughputState } | { readonly refusal: Refusal };

/** UpdateFileSystem: accepted (202, `updating` for a while) or refused as AWS refuses. */
export function requestChange(state: ThroughputState, request: Request, rules: RequestRules): Answer {
  const refusal = refusalOf(state, request, rules);
  if (refusal !== null) return { refusal };
  const { to, nowMs } = request;
  const clock = clockAfter(state, { from: state.setting, to, nowMs });
  return {
    state: { ...state, ...clock, pending: { setting: to, atMs: nowMs + (rules.applyMs ?? MINUTE_MS) } },
  };
}

function refusalOf(state: ThroughputState, request: Request, rules: RequestRules): Refusal | null {
  const { to, nowMs } = request;
  const limits = (rules.physics ?? PHYSICS).limits;
  if (state.pending !== null)
    return refuse('IncorrectFileSystemLifeCycleState', 409, 'File system is not in the available life cycle state.');
  if (to.mode === 'provisioned' && !(to.mibps >= 1))
    return refuse('BadRequest', 400, 'Provisioned throughput must be at least 1 MiB/s.');
  if (to.mode === 'provisioned' && to.mibps > limits.provisionedMibps)
    return refuse('ThroughputLimitExceeded', 400, 'The throughput limit of 1024 MiB/s has been reached.');
  if (to.mode === 'elastic' && rules.performanceMode === 'maxIO')
    return refuse('BadRequest', 400, 'Elastic throughput is not available with the Max I/O performance mode.');
  const until = lockedUntilMs(rules.rule, state, { from: state.setting, to, nowMs });
  if (until === null) return null;
  const iso = new Date(until).toISOString().replace(/\.\d+Z$/, 'Z');
  return refuse('TooManyRequests', 429, `Wait until ${iso} UTC and try again.`);
}

function refuse(error: string, httpStatus: number, message: string): Refusal {
  return { error, httpStatus, message };
}

export interface Tick {
  readonly nowMs: number;
  readonly load: Load;
  /** True size in this minute; the metered size follows at the full hour. */
  readonly sizeGib?: number;
}

/** One minute from `nowMs` on: takes a due change into force, meters the size, serves the load. */
export function tick(
  state: ThroughputState,
  now: Tick,
  physics: Physics = PHYSICS,
): { state: ThroughputState; minute: Minute } {
  const due = state.pending !== null && now.nowMs >= state.pending.atMs;
  const setting = due && state.pending !== null ? state.pending.setting : state.setting;
  const trueSizeGib = now.sizeGib ?? state.trueSizeGib;
  const meteredSizeGib = now.nowMs % HOUR_MS < MINUTE_MS ? trueSizeGib : state.meteredSizeGib;
  const minute = liveMinute(state, { setting, sizeGib: meteredSizeGib, load: now.load }, physics);
  const next: ThroughputState = {
    setting,
    pending: due ? null : state.pending,
    trueSizeGib,
    meteredSizeGib,
    creditMib: minute.creditMib,
    backlogReadMib: minute.backlogReadMib,
    backlogWriteMib: minute.backlogWriteMib,
    lastRestrictedMs: state.lastRestrictedMs,
    lastProvisionedMs: state.lastProvisionedMs,
  };
  return { state: next, minute };
}
