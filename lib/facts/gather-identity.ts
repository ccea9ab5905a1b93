import type { Mounter } from '../diagnosis/client-access.ts';
import type { MountFacts, VolumeFacts } from '../diagnosis/mount-facts.ts';
import { volumeAccess } from '../diagnosis/rules/grant.ts';
import type { World } from '../world.ts';
import { efsVolumesOf } from './gather-volume.ts';
import type { MountInput } from './mount-input.ts';

export type Identity = Pick<MountFacts, 'roleArn' | 'role' | 'rolePolicies'>;

/** The role that the task mounts with; read only where a volume uses it. */
export async function gatherIdentity({ task, taskDefinition }: MountInput, world: World): Promise<Identity> {
  const roleArn = task?.taskRoleOverrideArn ?? taskDefinition.taskRoleArn;
  if (roleArn === undefined) return {};
  if (!efsVolumesOf(taskDefinition).some(({ efs }) => efs.iam)) return { roleArn };
  const [role, rolePolicies] = await Promise.all([world.iam.role(roleArn), world.iam.policies(roleArn)]);
  return { roleArn, role, rolePolicies };
}

/** The execution role matters only where the task role lacks what the mount needs: the grant may be on the wrong one. */
export async function gatherExecutionRole(
  { task, taskDefinition }: MountInput,
  { identifying, listing }: Underway,
  world: World,
): Promise<Pick<MountFacts, 'executionRolePolicies'>> {
  const [identity, volumes] = await Promise.all([identifying, listing]);
  const mounter: Mounter = { ...identity, ...(task && { task }) };
  const arn = taskDefinition.executionRoleArn;
  if (arn === undefined || arn === identity.roleArn) return {};
  if (!volumes.some((volume) => lacksGrant(mounter, volume))) return {};
  return { executionRolePolicies: await world.iam.policies(arn) };
}

interface Underway {
  readonly identifying: Promise<Identity>;
  readonly listing: Promise<readonly VolumeFacts[]>;
}

function lacksGrant(mounter: Mounter, volume: VolumeFacts): boolean {
  const mount = volume.efs.iam ? volumeAccess(mounter, volume)?.['elasticfilesystem:ClientMount'] : undefined;
  return mount?.decision === 'denied-implicit';
}
