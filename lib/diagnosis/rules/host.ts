import type { Finding } from '../../domain/finding.ts';
import type { MountFacts } from '../mount-facts.ts';
import { finding } from '../rule.ts';

/** ECS mounts EFS neither on Windows nor on external instances (ECS developer guide, "Use Amazon EFS volumes"). */
export function judgeHost({ launch, taskDefinition }: MountFacts): readonly Finding[] {
  const system = taskDefinition.operatingSystem ?? '';
  const why = launch.type === 'EXTERNAL' ? 'external instance' : system.toUpperCase().startsWith('WINDOWS') && system;
  return why ? [finding('host-not-supported', taskDefinition.arn, { host: why })] : [];
}
