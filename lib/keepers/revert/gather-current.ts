import type { Action } from '../../domain/action.ts';
import type { SecurityGroupRule } from '../../domain/ec2.ts';
import type { Service } from '../../domain/ecs.ts';
import type { AccessPoint, FileSystem } from '../../domain/efs.ts';
import { type Fact, mapFact } from '../../domain/fact.ts';
import type { Keyring } from '../../domain/plan.ts';
import type { Tags } from '../../domain/tags.ts';
import type { World } from '../../world.ts';
import { gatherUsers, type Users } from './gather-users.ts';

type By<T> = Readonly<Record<string, Fact<T>>>;

/** What the journaled changes left, as AWS has it now. */
export interface Current {
  /** By group. */
  readonly rules: By<readonly SecurityGroupRule[]>;
  /** By `<role> <policy>`. */
  readonly policies: By<string>;
  readonly services: By<Service>;
  readonly fileSystems: By<FileSystem>;
  readonly accessPoints: By<AccessPoint>;
  readonly parameters: By<string>;
  /** Of access points that are to be deleted. */
  readonly users: Users;
  readonly keyring: Keyring;
}

/** Reads once each thing that a taking back touches. */
export async function gatherCurrent(actions: readonly Action[], world: World): Promise<Current> {
  const [groups, rules, roles, policies, services, fileSystems, accessPoints, values, users] = await Promise.all([
    each(actions.flatMap(groupOf), (id) => world.ec2.group(id)),
    each(actions.flatMap(groupOf), (id) => world.ec2.rules(id)),
    each(actions.flatMap(roleOf), (arn) => world.iam.role(arn)),
    each(actions.flatMap(policyOf), (name) => inlinePolicy(name, world)),
    each(actions.flatMap(serviceOf), (arn) => serviceAt(arn, { actions, world })),
    each(actions.flatMap(fileSystemOf), (id) => world.efs.fileSystem(id)),
    each(actions.flatMap(accessPointOf), (id) => world.efs.accessPoint(id)),
    each(actions.flatMap(parametersOf), (name) => world.parameters.get(name)),
    gatherUsers(actions, world),
  ]);
  const keyring = [groups, roles, services, fileSystems, accessPoints].map(tagsOf);
  return {
    rules,
    policies,
    services,
    fileSystems,
    accessPoints,
    parameters: values,
    users,
    keyring: Object.assign({}, ...keyring),
  };
}

async function each<T>(names: readonly string[], read: (name: string) => Promise<Fact<T>>): Promise<By<T>> {
  return Object.fromEntries(
    await Promise.all([...new Set(names)].map(async (name) => [name, await read(name)] as const)),
  );
}

function tagsOf(by: By<{ readonly tags: Tags }>): Keyring {
  return Object.fromEntries(
    Object.entries(by).map(([name, fact]) => [name, mapFact(fact, ({ tags }) => tags)] as const),
  );
}

function groupOf(action: Action): readonly string[] {
  return 'groupId' in action ? [action.groupId] : [];
}

function roleOf(action: Action): readonly string[] {
  return 'roleArn' in action ? [action.roleArn] : [];
}

function policyOf(action: Action): readonly string[] {
  return 'policyName' in action ? [`${action.roleName} ${action.policyName}`] : [];
}

function inlinePolicy(name: string, world: World): Promise<Fact<string>> {
  const [role = '', policy = ''] = name.split(' ');
  return world.iam.inlinePolicy(role, policy);
}

function serviceOf(action: Action): readonly string[] {
  return 'serviceArn' in action ? [action.serviceArn] : [];
}

function serviceAt(
  arn: string,
  { actions, world }: { readonly actions: readonly Action[]; readonly world: World },
): Promise<Fact<Service>> {
  const of = actions.find((action) => 'serviceArn' in action && action.serviceArn === arn);
  return world.ecs.service(of && 'clusterArn' in of ? of.clusterArn : '', arn);
}

function fileSystemOf(action: Action): readonly string[] {
  return 'fileSystemId' in action ? [action.fileSystemId] : [];
}

function accessPointOf(action: Action): readonly string[] {
  return action.kind === 'delete-access-point' ? [action.accessPointId] : [];
}

function parametersOf(action: Action): readonly string[] {
  return action.kind === 'publish-volume' ? Object.keys({ ...action.previous, ...action.parameters }) : [];
}
