import { CreateClusterCommand, ECSClient } from '@aws-sdk/client-ecs';
import { CLIENTS, send } from '../contract/calls.ts';
import type { Case, ServiceName } from '../contract/case.ts';
import { CASES } from '../contract/cases.ts';
import { runCase, type Subject } from '../contract/run-case.ts';
import { type Place, startMoto } from './stand/emulators.ts';
import { REGION } from './stand/places.ts';

/** The suite that holds the simulated account, run against moto. Gives the number of cases; throws what is wrong. */
export async function contractOfMoto(place: Place): Promise<number> {
  // Emptying a moto that has every policy of AWS takes it seconds, so only the cases that read one get such a moto.
  const [others, withPolicies] = [CASES.filter((one) => !readsPolicy(one)), CASES.filter(readsPolicy)];
  const wrong = [...(await wrongIn(others, place, false)), ...(await wrongIn(withPolicies, place, true))];
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
  return CASES.length;
}

function readsPolicy(one: Case): boolean {
  return JSON.stringify(one).includes('arn:aws:iam::aws:policy/');
}

async function wrongIn(cases: readonly Case[], place: Place, policiesOfAws: boolean): Promise<readonly string[]> {
  const moto = await startMoto(place, policiesOfAws);
  const wrong: string[] = [];
  try {
    for (const one of cases) {
      const lines = await runCase(await emptyMoto(moto.url), one);
      if (lines.length > 0) wrong.push(`${one.name}\n  ${lines.join('\n  ')}`);
    }
  } finally {
    await moto.stop();
  }
  return wrong;
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
    nowMs: Date.now,
    settle: async () => {},
  };
}
