import type { Handlers } from '../account.ts';
import { accessPointHandlers } from './efs-access-points.ts';
import { fileSystemHandlers } from './efs-file-systems.ts';
import { mountTargetHandlers } from './efs-mount-targets.ts';
import { fileSystemPolicyHandlers } from './efs-policy.ts';
import { efsTagHandlers } from './efs-tags.ts';

export const efsHandlers: Handlers = {
  ...fileSystemHandlers,
  ...accessPointHandlers,
  ...mountTargetHandlers,
  ...fileSystemPolicyHandlers,
  ...efsTagHandlers,
};
