import type { Service } from '../domain/ecs.ts';
import { present } from '../domain/fact.ts';
import { parseTaskDefinitionName } from '../domain/ids.ts';
import type { EcsReads } from '../verbs.ts';
import { createBatch } from './batch.ts';
import type { Border } from './border.ts';
import type { EcsApi } from './ecs-client.ts';
import { toService } from './from-ecs.ts';
import { collect } from './pages.ts';
import { perKey } from './per-key.ts';

/** ECS API reference, DescribeServices: 10 in a call. */
const MOST = 10;

type ServiceReads = Pick<EcsReads, 'clusters' | 'service' | 'services' | 'servicesOf'>;

export function serviceReads({ clients, once }: Border): ServiceReads {
  const servicesOfCluster = perKey((cluster: string) =>
    createBatch<Service>({
      size: MOST,
      load: async (names) => byNameAndArn(await describe(await clients.ecs(), cluster, names)),
    }),
  );
  const clusters = () =>
    once.read('ecs.clusters', async () => {
      const api = await clients.ecs();
      return present(await collect(api.clusterPages(), (page) => page.clusterArns));
    });
  const services = () =>
    once.read('ecs.services', async () => {
      const found = await clusters();
      return found.state === 'present' ? present(await everyService(await clients.ecs(), found.value)) : found;
    });
  return {
    clusters,
    services,
    service: (clusterArn, nameOrArn) =>
      once.read(`ecs.service ${clusterArn} ${nameOrArn}`, async (note) => {
        const found = await servicesOfCluster(clusterArn)(nameOrArn);
        const names = found.state === 'present' ? [found.value.name, found.value.arn] : [];
        for (const name of names) note(`ecs.service ${clusterArn} ${name}`, found);
        return found;
      }),
    servicesOf: (family) =>
      once.read(`ecs.servicesOf ${family}`, async () => {
        const all = await services();
        if (all.state !== 'present') return all;
        return present(byFamily(all.value).get(family) ?? []);
      }),
  };
}

/** A service that was deleted is still described for a while, as INACTIVE: then it is not there. */
async function describe(api: EcsApi, cluster: string, names: readonly string[]): Promise<Service[]> {
  const answer = await api.describeServices({ cluster, services: [...names], include: ['TAGS'] });
  return (answer.services ?? []).map(toService).filter((service) => service.status !== 'INACTIVE');
}

/** The caller may have named it either way. */
function byNameAndArn(services: readonly Service[]): ReadonlyMap<string, Service> {
  return new Map(
    services.flatMap((service): [string, Service][] => [
      [service.arn, service],
      [service.name, service],
    ]),
  );
}

async function everyService(api: EcsApi, clusters: readonly string[]): Promise<Service[]> {
  const all = await Promise.all(clusters.map((cluster) => servicesIn(api, cluster)));
  return all.flat();
}

async function servicesIn(api: EcsApi, cluster: string): Promise<Service[]> {
  const pages = api.servicePages({ cluster, maxResults: 100 });
  const arns = await collect(pages, (page) => page.serviceArns);
  const found: Service[] = [];
  for (let start = 0; start < arns.length; start += MOST) {
    found.push(...(await describe(api, cluster, arns.slice(start, start + MOST))));
  }
  return found;
}

const families = new WeakMap<readonly Service[], ReadonlyMap<string, readonly Service[]>>();

/** Sorted out once for a listing: a sweep asks for thousands of families. */
function byFamily(services: readonly Service[]): ReadonlyMap<string, readonly Service[]> {
  const known = families.get(services);
  if (known) return known;
  const made = new Map<string, Service[]>();
  for (const service of services) {
    for (const family of familiesOf(service)) made.set(family, [...(made.get(family) ?? []), service]);
  }
  families.set(services, made);
  return made;
}

/** Also where only one of its deployments does, as in the middle of a roll-out. */
function familiesOf(service: Service): ReadonlySet<string> {
  const definitions = [service.taskDefinitionArn, ...service.deployments.map((one) => one.taskDefinitionArn)];
  return new Set(definitions.flatMap((arn) => parseTaskDefinitionName(arn)?.family ?? []));
}
