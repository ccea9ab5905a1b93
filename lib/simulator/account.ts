import type { MetadataBearer, Pluggable } from '@smithy/types';
import { ConfiguredRetryStrategy } from '@smithy/util-retry';
import { type Bus, createBus } from './bus.ts';
import type { CallResource } from './call-resources.ts';
import { createClock, type SimClock } from './clock.ts';
import { createFaults, type Faults } from './faults.ts';
import { type AccountHandlers, accountHandlers } from './handlers.ts';
import { createIds } from './ids.ts';
import { createRateMeter, type RateMeter } from './rates.ts';
import { tagsOfArn } from './resource-tags.ts';
import { simulatedPlugin } from './seam.ts';
import { managedPolicies } from './services/iam-managed-policies.ts';
import { type AccountState, emptyState } from './state.ts';

/** A call as it reaches AWS. */
export interface Call extends CallResource {
  readonly service: string;
  readonly operation: string;
  readonly input: object;
  /** ARN of the role or user, or a service such as `ecs.amazonaws.com`. */
  readonly caller: string;
  readonly userAgent: string;
  readonly atMs: number;
}

export interface CallRecord extends Call {
  /** 1, or more where the client retried. Each attempt is a record of its own. */
  readonly attempt: number;
  /** One more than the deepest call that had been answered when this one began: equal depths share a round trip. */
  readonly depth: number;
  /** The exception's name. */
  error?: string;
}

// biome-ignore lint/suspicious/noExplicitAny: each handler declares the request type of its own operation
export type Handler = (account: Account, input: any, caller: string) => unknown;

/** By client and command without their endings: `EFS.CreateAccessPoint`. */
export type Handlers = Readonly<Record<string, Handler>>;

/** Runs the function that `Lambda.Invoke` names; the answer is its result. */
export type InvokeHook = (functionName: string, payload: unknown) => Promise<unknown>;

export interface ClientConfig {
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly endpoint: string;
  readonly retryStrategy: ConfiguredRetryStrategy;
}

interface AnyClient {
  readonly middlewareStack: { use(plugin: never): void };
}

export interface Account {
  readonly accountId: string;
  readonly region: string;
  readonly state: AccountState;
  readonly clock: SimClock;
  readonly calls: CallRecord[];
  readonly faults: Faults;
  readonly bus: Bus;
  readonly handlers: AccountHandlers;
  readonly rates: RateMeter;
  /** May this call be made? `allowed`, or what the refusal says. Without it everybody may do everything. */
  authorize?: (call: Call) => string;
  invoke?: InvokeHook;
  callCount(): number;
  /** Rounds of calls that had to wait for one another, since the given number of calls. */
  roundTrips(sinceCall?: number): number;
  newId(prefix: string): string;
  newUuid(): string;
  tagsOf(arn: string): Readonly<Record<string, string>>;
  plugin(caller?: string): Pluggable<object, MetadataBearer>;
  clientConfig(): ClientConfig;
  /** A real SDK client that this account answers; a caller that is not named is an operator. */
  // biome-ignore lint/suspicious/noExplicitAny: the configuration types of the clients have nothing in common
  client<C extends AnyClient>(Client: new (config: any) => C, caller?: string): C;
  /** For the seam: the depth of the deepest call answered so far. */
  answeredDepth(): number;
  markAnswered(call: CallRecord): void;
}

export interface AccountOptions {
  readonly accountId?: string;
  readonly region?: string;
  readonly startMs?: number;
  /** Enforces the API rates of AWS by token buckets. */
  readonly rates?: boolean;
}

function clientConfig(region: string): ClientConfig {
  return {
    region,
    credentials: { accessKeyId: 'EXAMPLEACCESSKEYID', secretAccessKey: 'example' },
    // Nothing is ever sent; a client without the plugin must not find a real endpoint.
    endpoint: 'https://simulated.invalid',
    retryStrategy: new ConfiguredRetryStrategy(3, 0),
  };
}

function createCallBook() {
  const calls: CallRecord[] = [];
  let answered = 0;
  return {
    calls,
    callCount: () => calls.length,
    roundTrips: (sinceCall = 0) => new Set(calls.slice(sinceCall).map((call) => call.depth)).size,
    answeredDepth: () => answered,
    markAnswered: (call: CallRecord) => {
      answered = Math.max(answered, call.depth);
    },
  };
}

/** An AWS account in memory. Its state is plain JSON; its clock starts at 2026-09-01T10:00:00Z and moves when told to. */
export function createAccount(options: AccountOptions = {}): Account {
  const accountId = options.accountId ?? '111122223333';
  const region = options.region ?? 'eu-west-1';
  const state = emptyState(managedPolicies());
  const operator = `arn:aws:iam::${accountId}:user/operator`;
  const account: Account = {
    accountId,
    region,
    state,
    clock: createClock(options.startMs),
    faults: createFaults(),
    bus: createBus(),
    handlers: accountHandlers,
    rates: createRateMeter(options.rates ?? false),
    ...createCallBook(),
    ...createIds(state),
    tagsOf: (arn) => tagsOfArn(account, arn),
    plugin: (caller = operator) => simulatedPlugin(account, caller),
    clientConfig: () => clientConfig(region),
    client: (Client, caller = operator) => {
      const client = new Client(clientConfig(region));
      client.middlewareStack.use(simulatedPlugin(account, caller) as never);
      return client;
    },
  };
  return account;
}
