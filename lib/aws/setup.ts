import type { EC2ClientConfig } from '@aws-sdk/client-ec2';
import type { MetadataBearer, Pluggable } from '@smithy/types';
import { actionOf, rememberAction } from './calls.ts';

export type ClientConfig = Pick<
  EC2ClientConfig,
  'region' | 'credentials' | 'endpoint' | 'retryStrategy' | 'maxAttempts' | 'requestHandler' | 'customUserAgent'
>;

export interface ClientSettings {
  readonly config?: ClientConfig;
  /** Given to every client: the simulated account answers through one. */
  readonly plugins?: readonly Pluggable<object, MetadataBearer>[];
}

interface AnyClient {
  readonly middlewareStack: { add(middleware: never, place: never): void; use(plugin: never): void };
}

/** Makes a client with the program's settings. */
export type Setup = <C extends AnyClient>(Client: new (config: ClientConfig) => C, changes?: ClientConfig) => C;

/** Without these the SDK waits for ever, and a function is stopped before it can say what it waited for. */
const HANDLER = { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true };

/** For a call that must not be repeated by the SDK: a lost answer does not tell whether the call took effect. */
export const NO_RETRIES: ClientConfig = { maxAttempts: 1 };

export function createSetup(settings: ClientSettings): Setup {
  return (Client, changes) => {
    const config = { requestHandler: HANDLER, customUserAgent: 'mountkeeper', ...settings.config, ...changes };
    if (changes?.maxAttempts !== undefined) delete config.retryStrategy;
    const client = new Client(config);
    client.middlewareStack.add(nameTheCall as never, { step: 'initialize', name: 'nameTheCall' } as never);
    for (const plugin of settings.plugins ?? []) client.middlewareStack.use(plugin as never);
    return client;
  };
}

interface CallContext {
  readonly clientName?: string;
  readonly commandName?: string;
}

/** An error of the SDK does not say which call failed; people need to know which permission is missing. */
function nameTheCall(next: (args: unknown) => Promise<unknown>, context: CallContext) {
  return async (args: unknown): Promise<unknown> => {
    try {
      return await next(args);
    } catch (error) {
      rememberAction(error, actionOf(String(context.clientName), String(context.commandName)));
      throw error;
    }
  };
}
