import type { Finding } from '../../domain/finding.ts';
import type { MountFacts } from '../mount-facts.ts';
import { NFS_PORT } from '../network/group-passage.ts';
import { finding } from '../rule.ts';

/** App Mesh user guide, "Troubleshooting connectivity": a mount is made before the proxy runs. */
export function judgeProxy({ taskDefinition }: MountFacts): readonly Finding[] {
  const { proxy, arn } = taskDefinition;
  if (!proxy || proxy.egressIgnoredPorts.includes(NFS_PORT)) return [];
  return [finding('proxy-catches-nfs', arn, { egressIgnoredPorts: proxy.egressIgnoredPorts.join(' ') || 'none' })];
}
