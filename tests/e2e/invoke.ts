import { InvokeCommand } from '@aws-sdk/client-lambda';
import type { Clients } from './clients.ts';

/** Asks a function by hand, as `aws lambda invoke` does. */
export async function invoke({ lambda }: Clients, name: string, request: object): Promise<unknown> {
  const Payload = new TextEncoder().encode(JSON.stringify(request));
  const answer = await lambda.send(new InvokeCommand({ FunctionName: `mountkeeper-${name}`, Payload }));
  const text = new TextDecoder().decode(answer.Payload);
  if (answer.FunctionError) throw new Error(`mountkeeper-${name} failed: ${text.slice(0, 2_000)}`);
  return JSON.parse(text);
}
