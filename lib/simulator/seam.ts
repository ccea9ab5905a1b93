import type { DeserializeHandlerArguments, HandlerExecutionContext, MetadataBearer, Pluggable } from '@smithy/types';
import type { Account, Call, CallRecord } from './account.ts';
import { resourceOf } from './call-resources.ts';
import { SimulatedError, simError, toServiceException } from './errors.ts';
import { actionOf, type Fault, refusal, SimulatedCrash } from './faults.ts';
import { plain } from './plain.ts';
import { checkRate } from './rates.ts';
import { logCall } from './trail.ts';

interface Attempt {
  readonly service: string;
  readonly operation: string;
  readonly attempt: number;
  readonly userAgent: string;
  readonly namespace: string;
}

type Headers = Readonly<Record<string, string>>;
/** As in `@smithy/types`; imported as a value it would need the package at run time. */
const SMITHY_CONTEXT = '__smithy_context';

function readAttempt(context: HandlerExecutionContext, request: unknown): Attempt {
  const headers = (request as { headers?: Headers }).headers ?? {};
  const smithy = context[SMITHY_CONTEXT] as { operationSchema?: readonly [number, string, ...unknown[]] } | undefined;
  return {
    service: String(context.clientName).replace(/Client$/, ''),
    operation: String(context.commandName).replace(/Command$/, ''),
    attempt: Number(/attempt=(\d+)/.exec(headers['amz-sdk-request'] ?? '')?.[1] ?? '1'),
    userAgent: headers['user-agent'] ?? 'unknown',
    namespace: smithy?.operationSchema?.[1] ?? '',
  };
}

/** Lets every call of the same burst begin before the first of them is answered: that is one round trip. */
function oneRoundTrip(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function refuse(call: Call, kind: 'throttle' | 'deny', message: string): never {
  const [code, httpStatus] = refusal(call.service, kind);
  throw simError(code, httpStatus, message);
}

function denial(call: Call): string {
  const action = actionOf(call);
  const where = call.resource === '*' ? '' : ` on resource: ${call.resource}`;
  return `User: ${call.caller} is not authorized to perform: ${action}${where} because no identity-based policy allows the ${action} action`;
}

/** A client reports a lost answer under this name and retries it. */
function lostAnswer(call: Call): Error {
  const error = new Error(`${call.service}.${call.operation}: no answer in time`);
  error.name = 'TimeoutError';
  return error;
}

async function strikeBefore(account: Account, call: Call, faults: readonly Fault[]): Promise<void> {
  for (const fault of faults) {
    if (fault.kind === 'latency') await account.clock.advance(fault.latencyMs ?? 1_000);
    if (fault.kind === 'crash-before') throw new SimulatedCrash(`before ${call.service}.${call.operation}`);
    if (fault.kind === 'timeout') throw lostAnswer(call);
    if (fault.kind === 'throttle') refuse(call, 'throttle', 'Rate exceeded');
    if (fault.kind === 'deny') refuse(call, 'deny', denial(call));
    if (fault.kind === 'error' && fault.error !== undefined) {
      throw simError(fault.error.code, fault.error.httpStatus, fault.error.message);
    }
  }
}

function strikeAfter(call: Call, faults: readonly Fault[]): void {
  for (const fault of faults) {
    if (fault.kind === 'crash-after') throw new SimulatedCrash(`after ${call.service}.${call.operation}`);
    if (fault.kind === 'timeout-after') throw lostAnswer(call);
  }
}

function checkAuthorized(account: Account, call: Call): void {
  const verdict = account.authorize?.(call) ?? 'allowed';
  if (verdict !== 'allowed') refuse(call, 'deny', verdict);
  const { DryRun: dryRun } = call.input as { DryRun?: boolean };
  if (call.service === 'EC2' && dryRun === true) {
    throw simError('DryRunOperation', 412, 'Request would have succeeded, but DryRun flag is set.');
  }
}

async function handle(account: Account, call: Call): Promise<object> {
  const handler = account.handlers[`${call.service}.${call.operation}`];
  if (handler === undefined) throw new Error(`simulated account: ${call.service}.${call.operation} is not written`);
  const output = await handler(account, plain(call.input), call.caller);
  return plain((output ?? {}) as object);
}

/** Whatever happens inside AWS: limits, permission, the effect, and the record that CloudTrail keeps of it. */
async function answer(account: Account, call: Call): Promise<object> {
  const faults = account.faults.strike(call);
  try {
    await strikeBefore(account, call, faults);
    checkRate(account, call);
    checkAuthorized(account, call);
    const output = await handle(account, call);
    logCall(account, call, { output });
    strikeAfter(call, faults);
    return output;
  } catch (error) {
    if (error instanceof SimulatedError) logCall(account, call, { error });
    throw error;
  }
}

function record(account: Account, attempt: Attempt, call: Omit<Call, 'resource' | 'resourceTags' | 'requestTags'>) {
  const depth = account.answeredDepth() + 1;
  const written: CallRecord = { ...call, ...resourceOf(account, call), attempt: attempt.attempt, depth };
  account.calls.push(written);
  return written;
}

/**
 * Replaces the step of a real SDK client that reads the answer: everything before it stays real, nothing is sent. One
 * plugin is one process: after a crash none of its clients makes another call, not even to clean up.
 */
export function simulatedPlugin(account: Account, caller: string): Pluggable<object, MetadataBearer> {
  let crashed: SimulatedCrash | undefined;
  const middleware =
    (_next: unknown, context: HandlerExecutionContext) => async (args: DeserializeHandlerArguments<object>) => {
      if (crashed) throw crashed;
      const attempt = readAttempt(context, args.request);
      const { service, operation, userAgent } = attempt;
      const input = plain(args.input);
      const call = record(account, attempt, {
        service,
        operation,
        input,
        caller,
        userAgent,
        atMs: account.clock.nowMs(),
      });
      const requestId = `00000000-0000-4000-8000-${String(account.calls.length).padStart(12, '0')}`;
      try {
        await oneRoundTrip();
        const output = { ...(await answer(account, call)), $metadata: { httpStatusCode: 200, requestId } };
        return { response: {}, output };
      } catch (error) {
        if (error instanceof SimulatedCrash) crashed = error;
        call.error = error instanceof Error ? error.name : String(error);
        throw error instanceof SimulatedError ? toServiceException(error, attempt.namespace, requestId) : error;
      } finally {
        account.markAnswered(call);
      }
    };
  const place = { step: 'deserialize', name: 'deserializerMiddleware', override: true } as const;
  return { applyToStack: (stack) => stack.add(middleware as never, place) };
}
