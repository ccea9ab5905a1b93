import type { Account } from '../account.ts';
import type { EcsTag, SimCluster, SimService, SimTaskDefinition } from '../ecs-state.ts';
import { simError } from '../errors.ts';
import { type LooseTag, tagTrouble } from '../tags.ts';

export function ecsArn(account: Account, resource: string): string {
  return `arn:aws:ecs:${account.region}:${account.accountId}:${resource}`;
}

/** By name or ARN; no name means `default`. */
export function clusterOf(account: Account, nameOrArn: string | undefined): SimCluster {
  const name = nameOrArn?.split('/').at(-1) ?? 'default';
  const cluster = account.state.ecs.clusters[ecsArn(account, `cluster/${name}`)];
  if (cluster === undefined) throw simError('ClusterNotFoundException', 400, 'Cluster not found.');
  return cluster;
}

export function findService(account: Account, cluster: SimCluster, nameOrArn: string): SimService | undefined {
  const name = nameOrArn.split('/').at(-1);
  const service = account.state.ecs.services[ecsArn(account, `service/${cluster.name}/${name}`)];
  return service !== undefined && (nameOrArn === service.name || nameOrArn === service.arn) ? service : undefined;
}

/** `family` is the newest ACTIVE revision; `family:revision` and ARNs name any that was ever registered. */
export function findTaskDefinition(account: Account, name: string): SimTaskDefinition | undefined {
  const [family = '', revision] = (name.split(':task-definition/').at(-1) ?? '').split(':');
  const known = account.state.ecs.taskDefinitions[family];
  if (known === undefined || (name.startsWith('arn:') && !name.startsWith(ecsArn(account, '')))) return undefined;
  if (revision !== undefined) return known.revisions[revision];
  return Object.values(known.revisions)
    .filter(({ status }) => status === 'ACTIVE')
    .sort((one, other) => other.revision - one.revision)[0];
}

/** For starting something: ACTIVE revisions alone will do. */
export function activeTaskDefinition(account: Account, name: string): SimTaskDefinition {
  const found = findTaskDefinition(account, name);
  if (found === undefined) throw simError('ClientException', 400, 'TaskDefinition not found.');
  if (found.status !== 'ACTIVE') throw simError('ClientException', 400, 'TaskDefinition is inactive');
  return found;
}

export function toEcsTags(tags: readonly LooseTag[] | undefined, present: readonly EcsTag[] = []): EcsTag[] {
  const asked = tags ?? [];
  const trouble = tagTrouble(asked, present);
  if (trouble !== undefined) throw simError('InvalidParameterException', 400, trouble);
  return asked.map(({ key, value }) => ({ key: key ?? '', value: value ?? '' }));
}

export function invalid(message: string): Error {
  return simError('InvalidParameterException', 400, message);
}

export function toDate(ms: number | undefined): Date | undefined {
  return ms === undefined ? undefined : new Date(ms);
}
