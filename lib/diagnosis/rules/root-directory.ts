import type { Finding } from '../../domain/finding.ts';
import type { MountFacts, VolumeFacts } from '../mount-facts.ts';
import { finding } from '../rule.ts';

/** ECS API reference, EFSVolumeConfiguration: with an access point, rootDirectory must be omitted or `/`. */
export function judgeRootDirectory({ taskDefinition }: MountFacts, { efs, name }: VolumeFacts): readonly Finding[] {
  const { accessPointId, rootDirectory = '/' } = efs;
  if (accessPointId === undefined || rootDirectory === '/' || rootDirectory === '') return [];
  const evidence = { volume: name, rootDirectory, accessPoint: accessPointId };
  return [finding('root-directory-with-access-point', taskDefinition.arn, evidence)];
}
