import { CreateClusterCommand, ECSClient } from '@aws-sdk/client-ecs';
import { CLIENTS, send } from '../contract/calls.ts';
import type { ServiceName } from '../contract/case.ts';
import { CASES } from '../contract/cases.ts';
import { runCase, type Subject } from '../contract/run-case.ts';
import { REGION } from './stand/places.ts';

/** The suite that holds the simulated account, run against moto. */
export async function contractOfMoto(endpoint: string): Promise<readonly { name: string; wrong: readonly string[] }[]> {
  const results = [];
  for (const one of CASES) results.push({ name: one.name, wrong: await runCase(await emptyMoto(endpoint), one) });
  return results;
}

async function emptyMoto(endpoint: string): Promise<Subject> {
  await fetch(`${endpoint}/moto-api/reset`, { method: 'POST' });
  const config = {
    endpoint,
    region: REGION,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  };
  await new ECSClient(config).send(new CreateClusterCommand({ clusterName: 'contract' }));
  const clients = new Map<ServiceName, object>();
  return {
    call: (service, operation, input) => {
      const client = clients.get(service) ?? new CLIENTS[service](config);
      clients.set(service, client);
      return send(client, service, operation, input);
    },
    differs: true,
    settle: async () => {},
  };
}
