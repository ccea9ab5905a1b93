import {
  CreateAccessPointCommand,
  type CreateAccessPointCommandInput,
  DeleteAccessPointCommand,
  type DeleteAccessPointCommandInput,
  type DescribeAccessPointsCommandInput,
  DescribeFileSystemPolicyCommand,
  type DescribeFileSystemPolicyCommandInput,
  type DescribeFileSystemsCommandInput,
  DescribeMountTargetSecurityGroupsCommand,
  type DescribeMountTargetSecurityGroupsCommandInput,
  type DescribeMountTargetsCommandInput,
  EFSClient,
  paginateDescribeAccessPoints,
  paginateDescribeFileSystems,
  paginateDescribeMountTargets,
  TagResourceCommand,
  type TagResourceCommandInput,
  UpdateFileSystemCommand,
  type UpdateFileSystemCommandInput,
} from '@aws-sdk/client-efs';
import { NO_RETRIES, type Setup } from './setup.ts';

export type EfsApi = ReturnType<typeof createEfs>;

export function createEfs(setup: Setup) {
  const client = setup(EFSClient);
  // The SDK takes the 24-hour lock for throttling and would ask again for nothing.
  const once = setup(EFSClient, NO_RETRIES);
  return {
    fileSystemPages: (input: DescribeFileSystemsCommandInput) => paginateDescribeFileSystems({ client }, input),
    mountTargetPages: (input: DescribeMountTargetsCommandInput) => paginateDescribeMountTargets({ client }, input),
    accessPointPages: (input: DescribeAccessPointsCommandInput) => paginateDescribeAccessPoints({ client }, input),
    mountTargetGroups: (input: DescribeMountTargetSecurityGroupsCommandInput) =>
      client.send(new DescribeMountTargetSecurityGroupsCommand(input)),
    policy: (input: DescribeFileSystemPolicyCommandInput) => client.send(new DescribeFileSystemPolicyCommand(input)),
    createAccessPoint: (input: CreateAccessPointCommandInput) => client.send(new CreateAccessPointCommand(input)),
    deleteAccessPoint: (input: DeleteAccessPointCommandInput) => client.send(new DeleteAccessPointCommand(input)),
    tag: (input: TagResourceCommandInput) => client.send(new TagResourceCommand(input)),
    updateFileSystem: (input: UpdateFileSystemCommandInput) => once.send(new UpdateFileSystemCommand(input)),
  };
}
