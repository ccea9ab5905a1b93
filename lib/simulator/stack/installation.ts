import type { KeeperName } from '../../keeper.ts';
import type { Arrived, Road } from '../../road.ts';
import { readSettings, type Settings, selfOf } from '../../settings.ts';
import type { World } from '../../world.ts';
import type { Account } from '../account.ts';
import type { BusEvent } from '../bus.ts';
import type { EventPattern } from '../event-pattern.ts';
import { worldOn } from '../world-on.ts';

/** Walks one keeper's road; the keeper's own types stay inside. */
export type RunFunction = (event: unknown, road: Road) => Promise<Arrived>;

export interface Stack {
  readonly functions: Readonly<Record<string, RunFunction>>;
  readonly patterns: Readonly<Record<string, readonly EventPattern[]>>;
  /** Environment variables of the functions that differ from the defaults. */
  readonly env?: Readonly<Record<string, string>>;
  /** What `/mountkeeper/mode` holds; null: there is no such parameter. */
  readonly mode?: 'off' | 'observe' | 'repair' | null;
}

export interface Installation {
  readonly settings: Settings;
  /** What came of each trigger, in order. */
  readonly arrivals: readonly Arrived[];
  /** By hand, as `aws lambda invoke` does. */
  readonly invoke: (name: KeeperName, request: unknown) => Promise<Arrived>;
  /** One delivery of an event to one function, whatever its pattern: for duplicates and late events. */
  readonly deliver: (name: KeeperName, event: unknown, runId?: string) => Promise<Arrived>;
  readonly world: (name: KeeperName) => World;
}

/** Mountkeeper in a simulated account: its parameters, its functions under roles of their own, its rules on the bus. */
export function install(account: Account, stack: Stack): Installation {
  const settings = settingsOn(account, stack.env ?? {});
  setMode(account, stack.mode === undefined ? 'repair' : stack.mode);
  const arrivals: Arrived[] = [];
  const worlds = new Map<string, World>();
  const world = (name: string) => {
    const known = worlds.get(name) ?? worldOn(account, functionRole(account, name), selfOf(settings));
    worlds.set(name, known);
    return known;
  };
  const deliver = async (name: string, event: unknown, runId?: string) => {
    const run = stack.functions[name];
    if (!run) throw new Error(`simulated account: no function ${name}`);
    const fresh = worldOn(account, functionRole(account, name), selfOf(settings));
    const arrived = await run(event, { world: fresh, settings, runId: runId ?? fresh.unique() });
    arrivals.push(arrived);
    return arrived;
  };
  for (const name of Object.keys(stack.functions))
    subscribe(account, { name, patterns: stack.patterns[name] ?? [], deliver });
  return { settings, arrivals, invoke: (name, request) => deliver(name, request), deliver, world };
}

export function functionRole({ accountId, region }: Account, name: string): string {
  return `arn:aws:iam::${accountId}:role/mountkeeper-${name}-${region}`;
}

interface Subscriber {
  readonly name: string;
  readonly patterns: readonly EventPattern[];
  readonly deliver: (name: string, event: unknown, runId?: string) => Promise<Arrived>;
}

/** A retry of an invocation has the request id of the attempt that failed, as Lambda has it; a duplicate has its own. */
function subscribe(account: Account, { name, patterns, deliver }: Subscriber): void {
  for (const [index, pattern] of patterns.entries()) {
    const failed = new Map<string, string>();
    let runs = 0;
    account.bus.subscribe(`mountkeeper-${name}-rule-${index + 1}`, pattern, async (event: BusEvent) => {
      runs += 1;
      const runId = failed.get(event.id) ?? `request ${index} of ${event.id} ${runs}`;
      failed.set(event.id, runId);
      const arrived = await deliver(name, event, runId);
      failed.delete(event.id);
      return arrived;
    });
  }
}

function settingsOn({ accountId, region }: Account, env: Readonly<Record<string, string>>): Settings {
  return readSettings({
    MOUNTKEEPER_ACCOUNT_ID: accountId,
    AWS_REGION: region,
    MOUNTKEEPER_LEDGER_TABLE: 'mountkeeper-ledger',
    MOUNTKEEPER_TOPIC_ARN: `arn:aws:sns:${region}:${accountId}:mountkeeper-alerts`,
    ...env,
  });
}

function setMode({ state, clock }: Account, mode: string | null): void {
  const name = '/mountkeeper/mode';
  if (mode === null) delete state.ssm.parameters[name];
  else state.ssm.parameters[name] = { name, value: mode, type: 'String', version: 1, modifiedAtMs: clock.nowMs() };
}
