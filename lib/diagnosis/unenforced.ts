import type { Finding } from '../domain/finding.ts';
import { filePolicyReading } from './client-access.ts';
import type { MountFacts, VolumeFacts } from './mount-facts.ts';
import { type Effectiveness, grantIsEffective } from './policy/effective.ts';
import { offeredFileSystemPolicy } from './policy/offered-policy.ts';
import { finding } from './rule.ts';
import { mountsWritable } from './rules/identity.ts';

/** Whether the file-system policy turns away whoever has no grant. */
export function isEnforced({ fileSystem, accessPoint, filePolicy }: VolumeFacts): Effectiveness {
  const fileSystemPolicy = filePolicyReading(filePolicy);
  return grantIsEffective({
    fileSystemArn: fileSystem.state === 'present' ? fileSystem.value.arn : '',
    ...(accessPoint?.state === 'present' && { accessPointArn: accessPoint.value.arn }),
    fileSystemPolicy,
  });
}

/** What has to be said beside every change on a file system where grants protect nothing, with the policy that would. */
export function judgeEnforcement(facts: MountFacts, volume: VolumeFacts): readonly Finding[] {
  const { fileSystem, efs } = volume;
  if (fileSystem.state !== 'present') return [];
  const enforced = isEnforced(volume);
  if (enforced.effective !== 'no') return [];
  const offer = offerFor(facts, volume, fileSystem.value.arn);
  const evidence = { says: enforced.says, ...(offer && { offered: offer }) };
  return [finding('grant-protects-nothing', efs.fileSystemId, evidence)];
}

/** Without an access point and a role there is nobody to name in a policy. */
function offerFor({ roleArn }: MountFacts, volume: VolumeFacts, fileSystemArn: string): string | undefined {
  const { accessPoint } = volume;
  if (accessPoint?.state !== 'present' || roleArn === undefined) return undefined;
  const grant = { principalArns: [roleArn], write: mountsWritable(volume), root: false };
  const offered = offeredFileSystemPolicy({
    fileSystemArn,
    grants: [{ ...grant, accessPointArn: accessPoint.value.arn }],
  });
  return offered.fits ? `${offered.text} (${offered.says})` : undefined;
}
