import { Refusal } from '../refusal.ts';
import { createClients } from './clients.ts';
import { toRefusal } from './errors.ts';
import type { ClientSettings } from './setup.ts';

/** Runs a deployed function and waits for its answer. Throws `Refusal`: AWS's own, or what the function failed with. */
export type Invoke = (functionName: string, request: unknown) => Promise<unknown>;

export function createInvoke(settings: ClientSettings): Invoke {
  const clients = createClients(settings);
  return async (FunctionName, request) => {
    const { Payload, FunctionError } = await asked(async () => {
      const api = await clients.functions();
      return await api.invoke({ FunctionName, Payload: Buffer.from(JSON.stringify(request)) });
    });
    const text = Payload === undefined ? 'null' : Buffer.from(Payload).toString('utf8');
    if (FunctionError !== undefined) throw new Refusal('permanent', FunctionError, { message: failureIn(text) });
    return JSON.parse(text);
  };
}

async function asked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw toRefusal(error);
  }
}

/** Lambda developer guide, "Errors": `errorType` and `errorMessage`. */
function failureIn(text: string): string {
  const { errorType = 'Error', errorMessage = text } = JSON.parse(text) as {
    readonly errorType?: string;
    readonly errorMessage?: string;
  };
  return `${errorType}: ${errorMessage}`.slice(0, 500);
}
