import type { Mounter } from '../diagnosis/client-access.ts';
import type { MountFacts, VolumeFacts } from '../diagnosis/mount-facts.ts';
import { lacksGrant } from '../diagnosis/repairs/grant.ts';
import { volumeAccess } from '../diagnosis/rules/grant.ts';
import { hasKey, TAG } from '../domain/tags.ts';
import type { World } from '../world.ts';
import { efsVolumesOf } from './gather-volume.ts';
import type { MountInput } from './mount-input.ts';
import { stillInGroup, stillOnRole } from './still-there.ts';

export type Identity = Pick<MountFacts, 'roleArn' | 'role' | 'rolePolicies'>;

/** The role that the task mounts with; read only where a volume uses it. */
export async function gatherIdentity({ task, taskDefinition }: MountInput, world: World): Promise<Identity> {
  const roleArn = task?.taskRoleOverrideArn ?? taskDefinition.taskRoleArn;
  if (roleArn === undefined) return {};
  if (!efsVolumesOf(taskDefinition).some(({ efs }) => efs.iam)) return { roleArn };
  const [role, rolePolicies] = await Promise.all([world.iam.role(roleArn), world.iam.policies(roleArn)]);
  return { roleArn, role, rolePolicies };
}

/**
 * What matters only where the task role lacks what the mount needs: the grant may be on the execution role, and a new
 * one would serve every family on the task role.
 */
export async function gatherWhereLacking(
  { task, taskDefinition, roleFamilies }: MountInput,
  { identifying, listing }: Underway,
  world: World,
): Promise<Pick<MountFacts, 'executionRolePolicies' | 'roleFamilies' | 'accessPointFamilies'>> {
  const [identity, volumes] = await Promise.all([identifying, listing]);
  const { roleArn } = identity;
  const mounter: Mounter = { ...identity, ...(task && { task }) };
  const lacks = roleArn !== undefined && volumes.some((volume) => lacksGrant(mounter, volume));
  // Whoever knows the families on the role grants ahead of any need.
  if (!lacks && roleFamilies === undefined) return {};
  const { family } = taskDefinition;
  const pointing = familiesOnPoints(volumes, family, world);
  if (!lacks) return { ...(roleFamilies && { roleFamilies }), accessPointFamilies: await pointing };
  const arn = taskDefinition.executionRoleArn;
  const isElsewhere = arn !== undefined && arn !== roleArn && volumes.some((volume) => cannotMount(mounter, volume));
  const [others, executionRolePolicies, accessPointFamilies] = await Promise.all([
    roleFamilies ?? othersOn(roleArn, family, world),
    isElsewhere ? world.iam.policies(arn) : undefined,
    pointing,
  ]);
  return { roleFamilies: others, accessPointFamilies, ...(executionRolePolicies && { executionRolePolicies }) };
}

function cannotMount(mounter: Mounter, volume: VolumeFacts): boolean {
  const mount = volume.efs.iam ? volumeAccess(mounter, volume)?.['elasticfilesystem:ClientMount'] : undefined;
  return mount?.decision === 'denied-implicit';
}

/** What Mountkeeper made says itself whose it is. */
async function familiesOnPoints(
  volumes: readonly VolumeFacts[],
  family: string,
  world: World,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const points = volumes.flatMap(({ accessPoint }) => (accessPoint?.state === 'present' ? [accessPoint.value] : []));
  const ids = points.filter(({ tags }) => !hasKey(tags, TAG.managed)).map(({ id }) => id);
  return Object.fromEntries(
    await Promise.all([...new Set(ids)].map(async (id) => [id, await othersOn(id, family, world)] as const)),
  );
}

/** Other enrolled families whose mounts rest on a role, a group or an access point, as far as any run has seen them. */
export async function othersOn(resource: string, family: string, world: World): Promise<readonly string[]> {
  const all = await world.ledger.whose(resource);
  const others = [...new Set(all.map((one) => one.family))].filter((other) => other !== family).toSorted();
  if (resource.includes(':role/')) return stillOnRole(resource, others, world);
  return resource.startsWith('sg-') ? stillInGroup(resource, others, world) : others;
}

interface Underway {
  readonly identifying: Promise<Identity>;
  readonly listing: Promise<readonly VolumeFacts[]>;
}
