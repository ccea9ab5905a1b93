import type { Finding } from '../../domain/finding.ts';
import type { MountFacts, VolumeFacts } from '../mount-facts.ts';
import { finding, notChecked } from '../rule.ts';

export function judgeAccessPoint(_facts: MountFacts, { accessPoint, efs, name }: VolumeFacts): readonly Finding[] {
  const id = efs.accessPointId;
  if (id === undefined) return [];
  if (accessPoint?.state === 'absent') {
    return [finding('access-point-missing', id, { volume: name, fileSystem: efs.fileSystemId })];
  }
  if (accessPoint?.state !== 'present') return [notChecked('access point', `${id}: ${accessPoint?.why ?? 'not read'}`)];
  const { fileSystemId, state } = accessPoint.value;
  if (fileSystemId !== efs.fileSystemId) {
    const evidence = { volume: name, fileSystemOfAccessPoint: fileSystemId, fileSystemOfVolume: efs.fileSystemId };
    return [finding('access-point-other-file-system', id, evidence)];
  }
  const usable = state === 'available' || state === 'updating';
  return usable ? [] : [finding('access-point-not-available', id, { volume: name, state })];
}

/** The directory itself cannot be looked at through any AWS API. */
export function judgeAccessPointDirectory(_facts: MountFacts, { accessPoint }: VolumeFacts): readonly Finding[] {
  if (accessPoint?.state !== 'present') return [];
  const { id, path, creation, fileSystemId } = accessPoint.value;
  if (creation || path === '/') return [];
  return [finding('access-point-creates-no-directory', id, { path, fileSystem: fileSystemId })];
}
