import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { Clients } from './clients.ts';
import { assert, eventually } from './scenario.ts';

async function linesOf({ logs }: Clients, name: string, filterPattern: string) {
  const logGroupName = `/aws/lambda/${name}`;
  const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName, filterPattern, limit: 10_000 }));
  return events.map(({ message = '' }) => message);
}

/** Runs of a function so far that have begun and ended, by the log that Lambda writes around each. */
export async function invocationsOf(clients: Clients, name: string) {
  const [begun, ended] = [await linesOf(clients, name, 'START'), await linesOf(clients, name, 'END')];
  return {
    begun: begun.filter((line) => line.startsWith('START RequestId')).length,
    ended: ended.filter((line) => line.startsWith('END RequestId')).length,
  };
}

/** Waits until at least so many runs of a function have begun, and all of them have ended. */
export async function invocationsEnded(clients: Clients, name: string, least = 1): Promise<void> {
  await eventually(
    () => invocationsOf(clients, name),
    ({ begun, ended }) => {
      assert.ok(begun >= least, `${begun} runs of ${name} have begun, expected ${least}`);
      assert.equal(ended, begun);
    },
  );
}

/** Process version that the function runs on, and what it logged. */
export async function logOf(clients: Clients, name: string): Promise<readonly string[]> {
  return linesOf(clients, name, '');
}
