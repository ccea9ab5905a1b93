import type { Finding } from '../../domain/finding.ts';
import type { MountFacts, VolumeFacts } from '../mount-facts.ts';
import { finding } from '../rule.ts';

/** ECS API reference, EFSAuthorizationConfig: `iam` mounts with the task role. */
export function judgeTaskRole(facts: MountFacts, { efs, name }: VolumeFacts): readonly Finding[] {
  const { taskDefinition, roleArn, role } = facts;
  if (!efs.iam) return [];
  if (roleArn === undefined) return [finding('task-role-missing', taskDefinition.arn, { volume: name })];
  if (role?.state !== 'absent') return [];
  return [finding('task-role-missing', taskDefinition.arn, { volume: name, role: `${roleArn} does not exist` })];
}
