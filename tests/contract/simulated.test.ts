import { createAccount } from '../../lib/simulator/account.ts';
import { addCluster } from '../../lib/simulator/estate/compute.ts';
import { CLIENTS, send } from './calls.ts';
import type { ServiceName } from './case.ts';
import { CASES } from './cases.ts';
import { runCase, type Subject } from './run-case.ts';

const SETTLES_WITHIN_MS = 120_000;

function simulated(): Subject {
  const account = createAccount();
  addCluster(account, 'contract');
  const clients = new Map<ServiceName, object>();
  return {
    call: (service, operation, input) => {
      const client = clients.get(service) ?? account.client(CLIENTS[service] as never);
      clients.set(service, client);
      return send(client, service, operation, input);
    },
    differs: false,
    nowMs: () => account.clock.nowMs(),
    settle: async () => {
      await account.clock.advance(SETTLES_WITHIN_MS);
    },
  };
}

test.each(CASES.map((one) => [one.name, one] as const))('%s', async (_name, one) => {
  expect(await runCase(simulated(), one)).toEqual([]);
});
