import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Outcome } from '../../domain/plan.ts';
import { type Account, createAccount } from '../../simulator/account.ts';
import type { Estate, EstateWishes } from '../../simulator/estate/spec.ts';
import { buildEstate, runEstate } from '../../simulator/estate.ts';
import { functionPatterns } from '../../simulator/stack/function-patterns.ts';
import { type Installation, install, type Stack } from '../../simulator/stack/installation.ts';
import type { LifeOptions } from '../../simulator/task-life.ts';
import { FUNCTIONS } from './functions.ts';

/** A simulated account with one estate, everything healthy, and Mountkeeper installed in it. */
export interface Scene {
  readonly account: Account;
  readonly estate: Estate;
  readonly installed: Installation;
}

const ROOT = resolve(fileURLToPath(import.meta.url), '..', '..', '..', '..');

export function scene(wishes: EstateWishes = {}, stack: Partial<Stack> = {}): Scene {
  const account = createAccount();
  const estate = buildEstate(account, wishes);
  const installed = install(account, { functions: FUNCTIONS, patterns: functionPatterns(ROOT), ...stack });
  return { account, estate, installed };
}

/** Runs the next task; tells the stop reason, or undefined where it runs with its volume mounted. */
export async function runOnce({ account, estate }: Scene, options: LifeOptions = {}): Promise<string | undefined> {
  await account.clock.advance(60_000);
  const { tasks, refused } = await runEstate(account, estate, options);
  const stopped = tasks.find((task) => task.lastStatus === 'STOPPED');
  if (refused !== undefined || stopped === undefined) return refused;
  return [stopped.stoppedReason, ...stopped.containers.map(({ reason }) => reason)].filter(Boolean).join(' ');
}

export function isMounted({ account }: Scene): boolean {
  return Object.values(account.state.ecs.tasks).some(
    (task) => task.lastStatus === 'RUNNING' && task.mounted.length > 0,
  );
}

export interface Heard {
  readonly outcomes: readonly Outcome[];
  /** Calls of Mountkeeper to AWS besides its own ledger. */
  readonly calls: number;
  readonly subjects: readonly string[];
  /** Why a trigger ended quietly. */
  readonly quiet: readonly string[];
}

/** Delivers what is on the bus to Mountkeeper, and tells what came of it. */
export async function hear({ account, installed }: Scene): Promise<Heard> {
  const callsBefore = account.calls.length;
  const sentBefore = account.state.sns.published.length;
  const arrivalsBefore = installed.arrivals.length;
  await account.bus.drain();
  const arrivals = installed.arrivals.slice(arrivalsBefore);
  return {
    outcomes: arrivals.flatMap((one) => (one.kind === 'walked' ? one.settled.map(({ outcome }) => outcome) : [])),
    calls: account.calls.slice(callsBefore).filter(({ service }) => service !== 'DynamoDB').length,
    subjects: account.state.sns.published.slice(sentBefore).flatMap(({ subject }) => (subject ? [subject] : [])),
    quiet: arrivals.flatMap((one) => (one.kind === 'ignored' ? [one.why] : [])),
  };
}
