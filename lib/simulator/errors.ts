import { TypeRegistry } from '@smithy/core/schema';

/** What a handler throws; the seam turns it into the exception class of the service that was called. */
export class SimulatedError extends Error {
  readonly code: string;
  readonly httpStatus: number;
  readonly members: Readonly<Record<string, unknown>>;

  constructor(code: string, httpStatus: number, detail: { message: string; members: Record<string, unknown> }) {
    super(detail.message);
    this.name = code;
    this.code = code;
    this.httpStatus = httpStatus;
    this.members = detail.members;
  }
}

/** `code` is the exception's name, or in query services the code that goes over the wire (`NoSuchEntity`). */
export function simError(
  code: string,
  httpStatus: number,
  ...[message, members]: [message: string, members?: Record<string, unknown>]
): SimulatedError {
  return new SimulatedError(code, httpStatus, { message, members: members ?? {} });
}

interface ExceptionOptions {
  readonly name: string;
  readonly message: string;
  readonly $fault: 'client' | 'server';
  readonly $metadata: object;
}
type ExceptionClass = new (options: ExceptionOptions) => Error;
type ErrorSchema = readonly [number, string, string, unknown, readonly string[], ...unknown[]];

interface QueryTraits {
  readonly awsQueryError?: readonly [code: string, httpStatus: number];
}

function hasCode(schema: ErrorSchema, code: string): boolean {
  const traits = schema[3];
  const wire = typeof traits === 'object' && traits !== null ? (traits as QueryTraits).awsQueryError?.[0] : undefined;
  return schema[2] === code || wire === code;
}

/** Undefined where the model has no class for it: the client then throws the service's base exception. */
function exceptionClass(namespace: string, code: string): { Exception: ExceptionClass; members: readonly string[] } {
  const registry = TypeRegistry.for(namespace);
  const schema = registry.find(
    (known) => Array.isArray(known) && known[0] === -3 && hasCode(known as unknown as ErrorSchema, code),
  );
  if (schema !== undefined) {
    const Exception = registry.getErrorCtor(schema as never) as ExceptionClass;
    return { Exception, members: (schema as unknown as ErrorSchema)[4] };
  }
  const base = TypeRegistry.for(`smithy.ts.sdk.synthetic.${namespace}`);
  const baseSchema = base.getBaseException();
  if (baseSchema === undefined) throw new Error(`simulated account: no exceptions known for ${namespace}`);
  return { Exception: base.getErrorCtor(baseSchema) as ExceptionClass, members: [] };
}

/** The error as a real client throws it: typed, with `$metadata`, so that `instanceof` and the retry strategy work. */
export function toServiceException(error: SimulatedError, namespace: string, requestId: string): Error {
  const { Exception, members } = exceptionClass(namespace, error.code);
  const exception = new Exception({
    name: error.code,
    message: error.message,
    $fault: error.httpStatus < 500 ? 'client' : 'server',
    $metadata: { httpStatusCode: error.httpStatus, requestId },
  });
  const errorCode = members.includes('ErrorCode') ? { ErrorCode: error.code } : {};
  return Object.assign(exception, { message: error.message }, errorCode, error.members);
}
