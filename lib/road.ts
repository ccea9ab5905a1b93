import { createClosing } from './closing.ts';
import { countUp, type Recent, recentHere, recentOf, remindOf } from './cool-down.ts';
import type { Figure, Keeper, KeeperName, Problem } from './keeper.ts';
import { type Mode, modeOf } from './mode.ts';
import { rounds, type Trip } from './rounds.ts';
import type { Settings } from './settings.ts';
import type { Settled } from './settle.ts';
import { stopButton } from './stop-button.ts';
import { Unsettled } from './unsettled.ts';
import type { World } from './world.ts';

/** What came of one trigger. */
export type Arrived =
  | { readonly kind: 'ignored'; readonly keeper: KeeperName; readonly why: string }
  | {
      readonly kind: 'bad-request';
      readonly keeper: KeeperName;
      readonly problems: readonly Problem[];
      readonly example: unknown;
    }
  | { readonly kind: 'busy'; readonly keeper: KeeperName; readonly why: string }
  | {
      readonly kind: 'walked';
      readonly keeper: KeeperName;
      readonly mode: Mode;
      readonly dryRun: boolean;
      readonly settled: readonly Settled[];
      /** What the keeper measured on the way. */
      readonly figures: readonly Figure[];
      /** Of a keeper that answers with more than its decisions. */
      readonly report?: unknown;
    };

export interface Road {
  readonly world: World;
  readonly settings: Settings;
  /** The same in every retry of one invocation, so that a retry may take over the lease of the attempt that died. */
  readonly runId: string;
}

/** Longer than a function runs whose keeper says nothing else. */
const LEASE_MS = 5 * 60_000;
const LOOKS_AT_MOST = 3;

/** Walks the road of one keeper for one trigger: the only place that knows the order of the stages. */
export async function walk<Input, Facts>(keeper: Keeper<Input, Facts>, event: unknown, road: Road): Promise<Arrived> {
  const parsed = keeper.parse(event, road.world.self);
  if (parsed.kind === 'ignore') return { kind: 'ignored', keeper: keeper.name, why: parsed.why };
  if (parsed.kind === 'bad')
    return { kind: 'bad-request', keeper: keeper.name, problems: parsed.problems, example: parsed.example };
  const { world, settings } = road;
  world.forget();
  const here = recentHere(parsed, road);
  if (here) return counted(keeper.name, here, world);
  const half = secondHalf();
  const leased = parsed.dryRun ? undefined : parsed.lease;
  const [button, recent] = await Promise.all([
    stopButton(world, settings.modeParameter),
    recentOf(parsed, road),
    leased === undefined ? undefined : world.ledger.ahead({ lease: leased }),
  ]);
  const now = modeOf(settings.mode === 'observe' ? 'observe' : 'repair', button);
  if (now.mode === 'off' && !parsed.dryRun) return { kind: 'ignored', keeper: keeper.name, why: 'The mode is off.' };
  if (recent) return counted(keeper.name, recent, world);
  const { mode, trouble } = now;
  const trip = { keeper, parsed, road, mode, trouble, half, startedMs: world.nowMs(), ...emptyHands() };
  return leased === undefined ? await withoutLease(trip) : await withLease(trip, leased);
}

function emptyHands(): Pick<Trip<never, never>, 'closing' | 'reports' | 'figures' | 'failed'> {
  return { closing: createClosing(), reports: [], figures: [], failed: [] };
}

async function counted(keeper: KeeperName, recent: Recent, world: World): Promise<Arrived> {
  await countUp(recent, world);
  return { kind: 'ignored', keeper, why: 'The same trouble was diagnosed a moment ago; it was counted.' };
}

/**
 * A file of its own in the bundle: most events end at the door or in the diagnosis' first questions, and never need it.
 * It is loaded while AWS is asked.
 */
function secondHalf() {
  const loading = import('./settle.ts');
  // Whoever needs it gets the error; who does not is not ended by it.
  loading.catch(() => undefined);
  return loading;
}

async function withoutLease<I, F>(trip: Trip<I, F>): Promise<Arrived> {
  let settled: readonly Settled[] = [];
  try {
    settled = await rounds(trip);
  } finally {
    await trip.closing.close();
  }
  return arrive(trip, settled);
}

async function arrive<I, F>(trip: Trip<I, F>, settled: readonly Settled[]): Promise<Arrived> {
  const { keeper, mode, parsed, reports, figures, failed } = trip;
  const report = reports.length === 0 ? {} : { report: reports.at(-1) };
  const { dryRun } = parsed;
  const arrived: Arrived = { kind: 'walked', keeper: keeper.name, mode, dryRun, settled, figures, ...report };
  if (failed.length === 0) return arrived;
  // The retry is for what failed: the alerts of the rest got through.
  const { world, runId } = trip.road;
  await Promise.allSettled([...trip.closing.told].map((incident) => world.ledger.delivered(incident, runId)));
  throw new Unsettled(failed, arrived);
}

/** Holds the lease of the thing; whoever came meanwhile and found it busy is served by one more look. */
async function withLease<I, F>(trip: Trip<I, F>, key: string): Promise<Arrived> {
  const { world, runId } = trip.road;
  const settled: Settled[] = [];
  for (let look = 0; look < LOOKS_AT_MOST; look += 1) {
    const lease = await world.ledger.lease(key, { holder: runId, nowMs: world.nowMs(), ttlMs: leaseMs(trip) });
    if (!lease.granted && look === 0) return busy(trip, key);
    if (!lease.granted) break;
    const { again, came } = await oneLook(trip, { key, before: settled });
    settled.push(...came);
    if (!again || trip.failed.length > 0) break;
    world.forget();
  }
  return arrive(trip, settled);
}

async function oneLook<I, F>(
  trip: Trip<I, F>,
  { key, before }: { readonly key: string; readonly before: readonly Settled[] },
): Promise<{ readonly again: boolean; readonly came: readonly Settled[] }> {
  const { world, runId } = trip.road;
  let again = false;
  let came: readonly Settled[] = [];
  try {
    came = await rounds(trip);
    if (trip.failed.length === 0)
      trip.closing.later(remindOf(trip.parsed, { settled: [...before, ...came], world, runId }));
  } finally {
    [{ again }] = await Promise.all([world.ledger.release(key, runId), trip.closing.close()]);
  }
  return { again, came };
}

function leaseMs<I, F>({ keeper }: Trip<I, F>): number {
  return keeper.lastsMs === undefined ? LEASE_MS : keeper.lastsMs + 60_000;
}

function busy<I, F>(trip: Trip<I, F>, key: string): Arrived {
  return {
    kind: 'busy',
    keeper: trip.keeper.name,
    why: `Another run works on ${key}; it looks once more when it is done.`,
  };
}
