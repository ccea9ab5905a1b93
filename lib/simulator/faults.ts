export type FaultKind =
  | 'throttle'
  | 'deny'
  /** The exception given in `error`. */
  | 'error'
  /** No answer, and no effect. */
  | 'timeout'
  /** No answer, although the call took effect. */
  | 'timeout-after'
  | 'crash-before'
  | 'crash-after'
  | 'latency';

export interface FaultMatch {
  readonly service?: string;
  readonly operation?: string;
  /** Only the n-th matching attempt, counted from 1. */
  readonly nth?: number;
  readonly caller?: string;
}

export interface Fault {
  readonly match: FaultMatch;
  readonly kind: FaultKind;
  /** How often it strikes; without it every match until `clear`. */
  readonly times?: number;
  readonly latencyMs?: number;
  readonly error?: { readonly code: string; readonly httpStatus: number; readonly message: string };
}

export interface FaultTarget {
  readonly service: string;
  readonly operation: string;
  readonly caller: string;
}

export interface Faults {
  inject(fault: Fault): void;
  clear(): void;
  /** The faults that strike this attempt, in the order of injection. */
  strike(target: FaultTarget): Fault[];
}

/**
 * The process died here. It is no AWS error: it is not retried, and the program must not catch it as one.
 */
export class SimulatedCrash extends Error {
  constructor(where: string) {
    super(`simulated crash ${where}`);
    this.name = 'SimulatedCrash';
  }
}

interface ArmedFault {
  readonly fault: Fault;
  seen: number;
  struck: number;
}

function matches(match: FaultMatch, target: FaultTarget): boolean {
  return (['service', 'operation', 'caller'] as const).every(
    (key) => match[key] === undefined || match[key] === target[key],
  );
}

function strikes(armed: ArmedFault, target: FaultTarget): boolean {
  if (!matches(armed.fault.match, target)) return false;
  armed.seen += 1;
  const { nth } = armed.fault.match;
  if (nth !== undefined && armed.seen !== nth) return false;
  if (armed.struck >= (armed.fault.times ?? Number.POSITIVE_INFINITY)) return false;
  armed.struck += 1;
  return true;
}

export function createFaults(): Faults {
  let armed: ArmedFault[] = [];
  return {
    inject(fault) {
      armed.push({ fault, seen: 0, struck: 0 });
    },
    clear() {
      armed = [];
    },
    strike: (target) => armed.filter((one) => strikes(one, target)).map((one) => one.fault),
  };
}

/** The codes that each service has for "too fast" and "not allowed". */
const REFUSALS: Readonly<Record<string, { throttle: readonly [string, number]; deny: readonly [string, number] }>> = {
  EFS: { throttle: ['ThrottlingException', 429], deny: ['AccessDeniedException', 403] },
  EC2: { throttle: ['RequestLimitExceeded', 503], deny: ['UnauthorizedOperation', 403] },
  IAM: { throttle: ['Throttling', 400], deny: ['AccessDenied', 403] },
  SNS: { throttle: ['Throttled', 429], deny: ['AuthorizationError', 403] },
  CloudWatch: { throttle: ['Throttling', 400], deny: ['AccessDenied', 403] },
  ResourceGroupsTaggingAPI: { throttle: ['ThrottledException', 400], deny: ['AccessDeniedException', 400] },
  Lambda: { throttle: ['TooManyRequestsException', 429], deny: ['AccessDeniedException', 403] },
};
const JSON_REFUSALS = {
  throttle: ['ThrottlingException', 400],
  deny: ['AccessDeniedException', 400],
} as const;

export function refusal(service: string, kind: 'throttle' | 'deny'): readonly [code: string, httpStatus: number] {
  return (REFUSALS[service] ?? JSON_REFUSALS)[kind];
}

/** Prefixes of actions in policies, where they differ from the client's name in lower case. */
const PREFIXES: Readonly<Record<string, string>> = {
  EFS: 'elasticfilesystem',
  CloudWatchLogs: 'logs',
  ResourceGroupsTaggingAPI: 'tag',
  EventBridge: 'events',
};
const ACTIONS: Readonly<Record<string, string>> = { 'Lambda.Invoke': 'InvokeFunction' };

/** The action that a policy has to allow for this call: `elasticfilesystem:CreateAccessPoint`. */
export function actionOf({ service, operation }: Pick<FaultTarget, 'service' | 'operation'>): string {
  return `${PREFIXES[service] ?? service.toLowerCase()}:${ACTIONS[`${service}.${operation}`] ?? operation}`;
}
