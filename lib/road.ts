import { isCounted, remindOf } from './cool-down.ts';
import type { GUARD_FINDINGS } from './domain/findings/guards.ts';
import type { Decision } from './domain/plan.ts';
import type { Go, Keeper, KeeperName, Problem } from './keeper.ts';
import { type Mode, modeOf } from './mode.ts';
import type { Settings } from './settings.ts';
import { type Settled, settle } from './settle.ts';
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
    };

export interface Road {
  readonly world: World;
  readonly settings: Settings;
  /** The same in every retry of one invocation, so that a retry may take over the lease of the attempt that died. */
  readonly runId: string;
}

/** Longer than any function runs. */
const LEASE_MS = 5 * 60_000;
const ROUNDS_AT_MOST = 5;
const LOOKS_AT_MOST = 3;

/** Walks the road of one keeper for one trigger: the only place that knows the order of the stages. */
export async function walk<Input, Facts>(keeper: Keeper<Input, Facts>, event: unknown, road: Road): Promise<Arrived> {
  const parsed = keeper.parse(event, road.world.self);
  if (parsed.kind === 'ignore') return { kind: 'ignored', keeper: keeper.name, why: parsed.why };
  if (parsed.kind === 'bad')
    return { kind: 'bad-request', keeper: keeper.name, problems: parsed.problems, example: parsed.example };
  road.world.forget();
  const now = modeOf(
    road.settings.mode === 'observe' ? 'observe' : 'repair',
    await road.world.parameters.get(road.settings.modeParameter),
  );
  if (now.mode === 'off' && !parsed.dryRun) return { kind: 'ignored', keeper: keeper.name, why: 'The mode is off.' };
  if (await isCounted(parsed, road))
    return {
      kind: 'ignored',
      keeper: keeper.name,
      why: 'The same trouble was diagnosed a moment ago; it was counted.',
    };
  const trip = { keeper, parsed, road, mode: now.mode, trouble: now.trouble };
  const arrived =
    parsed.dryRun || !parsed.lease ? arrive(trip, await rounds(trip)) : await withLease(trip, parsed.lease);
  if (arrived.kind === 'walked') await remindOf(parsed, { settled: arrived.settled, world: road.world });
  return arrived;
}

interface Trip<Input, Facts> {
  readonly keeper: Keeper<Input, Facts>;
  readonly parsed: Go<Input>;
  readonly road: Road;
  readonly mode: Mode;
  readonly trouble: string | undefined;
}

function arrive<I, F>(trip: Trip<I, F>, settled: readonly Settled[]): Arrived {
  return { kind: 'walked', keeper: trip.keeper.name, mode: trip.mode, dryRun: trip.parsed.dryRun, settled };
}

/** Holds the lease of the thing; whoever came meanwhile and found it busy is served by one more look. */
async function withLease<I, F>(trip: Trip<I, F>, key: string): Promise<Arrived> {
  const { world, runId } = trip.road;
  const settled: Settled[] = [];
  for (let look = 0; look < LOOKS_AT_MOST; look += 1) {
    const lease = await world.ledger.lease(key, { holder: runId, nowMs: world.nowMs(), ttlMs: LEASE_MS });
    if (!lease.granted && look === 0) return busy(trip, key);
    if (!lease.granted) break;
    const { again, came } = await oneLook(trip, key);
    settled.push(...came);
    if (!again) break;
    world.forget();
  }
  return arrive(trip, settled);
}

async function oneLook<I, F>(
  trip: Trip<I, F>,
  key: string,
): Promise<{ readonly again: boolean; readonly came: readonly Settled[] }> {
  const { world, runId } = trip.road;
  let again = false;
  let came: readonly Settled[] = [];
  try {
    came = await rounds(trip);
  } finally {
    again = (await world.ledger.release(key, runId)).again;
  }
  return { again, came };
}

function busy<I, F>(trip: Trip<I, F>, key: string): Arrived {
  return {
    kind: 'busy',
    keeper: trip.keeper.name,
    why: `Another run works on ${key}; it looks once more when it is done.`,
  };
}

/** Gathers, decides and settles until fresh facts ask for nothing more. */
async function rounds<I, F>(trip: Trip<I, F>): Promise<readonly Settled[]> {
  const { keeper, parsed, road } = trip;
  const all: Settled[] = [];
  for (let round = 0; round < ROUNDS_AT_MOST; round += 1) {
    const facts = await keeper.gather(parsed.input, road.world, road.settings);
    const settled = await settleAll(keeper.decide(facts, road.settings), trip);
    if (!parsed.dryRun) await keeper.remember?.(facts, road.world);
    all.push(...settled);
    if (!settled.some(raced)) break;
    road.world.forget();
  }
  return all;
}

async function settleAll<I, F>(decisions: readonly Decision[], trip: Trip<I, F>): Promise<readonly Settled[]> {
  const { keeper, parsed, road, mode, trouble } = trip;
  const all: Settled[] = [];
  for (const decision of decisions) {
    const context = { ...road, keeper: keeper.name, actions: keeper.actions, mode, dryRun: parsed.dryRun };
    all.push(
      await settle(
        trouble === undefined ? decision : withTrouble(decision, { trouble, parameter: road.settings.modeParameter }),
        context,
      ),
    );
  }
  return all;
}

/** A change that somebody else overtook is planned anew at once. */
function raced({ outcome }: Settled): boolean {
  return outcome.steps.some(
    (step) =>
      step.result === 'failed' && (step.why.startsWith('ChangedSince') || step.why.startsWith('RegisteredMeanwhile')),
  );
}

function withTrouble(decision: Decision, about: { readonly trouble: string; readonly parameter: string }): Decision {
  const code: keyof typeof GUARD_FINDINGS = 'mode-unreadable';
  return {
    ...decision,
    findings: [...decision.findings, { code, subject: about.parameter, evidence: { why: about.trouble } }],
  };
}
