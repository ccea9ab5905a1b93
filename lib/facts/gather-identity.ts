import type { Mounter } from '../diagnosis/client-access.ts';
import type { MountFacts, VolumeFacts } from '../diagnosis/mount-facts.ts';
import { lacksGrant } from '../diagnosis/repairs/grant.ts';
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

/**
 * What matters only where the task role lacks what the mount needs: the grant may be on the execution role, and a new
 * one would serve every family on the task role.
 */
export async function gatherWhereLacking(
  { task, taskDefinition, roleFamilies }: MountInput,
  { identifying, listing }: Underway,
  world: World,
): Promise<Pick<MountFacts, 'executionRolePolicies' | 'roleFamilies'>> {
  const [identity, volumes] = await Promise.all([identifying, listing]);
  const { roleArn } = identity;
  const mounter: Mounter = { ...identity, ...(task && { task }) };
  const known = roleFamilies === undefined ? {} : { roleFamilies };
  if (roleArn === undefined || !volumes.some((volume) => lacksGrant(mounter, volume))) return known;
  const arn = taskDefinition.executionRoleArn;
  const isElsewhere = arn !== undefined && arn !== roleArn && volumes.some((volume) => cannotMount(mounter, volume));
  const [others, executionRolePolicies] = await Promise.all([
    roleFamilies ?? othersOnRole(roleArn, taskDefinition.family, world),
    isElsewhere ? world.iam.policies(arn) : undefined,
  ]);
  return { roleFamilies: others, ...(executionRolePolicies && { executionRolePolicies }) };
}

function cannotMount(mounter: Mounter, volume: VolumeFacts): boolean {
  const mount = volume.efs.iam ? volumeAccess(mounter, volume)?.['elasticfilesystem:ClientMount'] : undefined;
  return mount?.decision === 'denied-implicit';
}

/** Other enrolled families whose tasks have the role, as far as any run has seen them. */
export async function othersOnRole(roleArn: string, family: string, world: World): Promise<readonly string[]> {
  const all = await world.ledger.whose(roleArn);
  return [...new Set(all.map((one) => one.family))].filter((other) => other !== family).toSorted();
}

interface Underway {
  readonly identifying: Promise<Identity>;
  readonly listing: Promise<readonly VolumeFacts[]>;
}
