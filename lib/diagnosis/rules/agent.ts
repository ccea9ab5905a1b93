import type { ContainerInstance, EfsVolume } from '../../domain/ecs.ts';
import type { Finding } from '../../domain/finding.ts';
import type { MountFacts, VolumeFacts } from '../mount-facts.ts';
import { finding, notChecked } from '../rule.ts';
import { isOlder } from './version.ts';

/** ECS developer guide, "Use Amazon EFS volumes": container agent 1.38.0 or later. */
const FIRST_AGENT = '1.38.0';
/** Set by the agent where the volume plugin of efs-utils runs; without it Docker mounts by itself, without options. */
const PLUGIN_ATTRIBUTE = 'ecs.capability.efsAuth';

/** Agents of Fargate and of managed instances are kept by AWS. */
export function judgeAgent({ launch, task }: MountFacts, { efs }: VolumeFacts): readonly Finding[] {
  const { containerInstance } = launch;
  if (launch.type !== 'EC2' || !task || !containerInstance) return [];
  if (containerInstance.state === 'unknown') return [notChecked('ECS agent', containerInstance.why)];
  if (containerInstance.state === 'absent') return [notChecked('ECS agent', 'the container instance is gone')];
  return [...judgeVersion(containerInstance.value), ...judgePlugin(containerInstance.value, efs)];
}

function judgeVersion({ arn, agentVersion }: ContainerInstance): readonly Finding[] {
  const older = agentVersion === undefined ? undefined : isOlder(agentVersion, FIRST_AGENT);
  if (older === undefined)
    return [notChecked('ECS agent', `its version (${agentVersion ?? 'none told'}) is not clear`)];
  return older ? [finding('agent-too-old', arn, { agentVersion: agentVersion ?? '', needed: FIRST_AGENT })] : [];
}

function judgePlugin({ arn, attributes }: ContainerInstance, efs: EfsVolume): readonly Finding[] {
  const needs = efs.iam || efs.transitEncryption || efs.accessPointId !== undefined;
  if (!needs || attributes.includes(PLUGIN_ATTRIBUTE)) return [];
  return [finding('agent-too-old', arn, { missingAttribute: PLUGIN_ATTRIBUTE })];
}
