import type {
  DescribeMountTargetSecurityGroupsRequest,
  DescribeMountTargetSecurityGroupsResponse,
  ModifyMountTargetSecurityGroupsRequest,
} from '@aws-sdk/client-efs';
import type { Account, Handlers } from '../account.ts';
import type { SimMountTarget } from '../efs-state.ts';
import { simError } from '../errors.ts';

const MOST_GROUPS = 5;

/** The list as it may be set on an interface of this VPC. */
export function checkGroups(account: Account, groupIds: readonly string[], vpcId: string): string[] {
  if (groupIds.length > MOST_GROUPS) {
    throw simError('SecurityGroupLimitExceeded', 400, `At most ${MOST_GROUPS} security groups per mount target.`);
  }
  const missing = groupIds.find((id) => account.state.ec2.securityGroups[id]?.vpcId !== vpcId);
  if (missing !== undefined) {
    throw simError('SecurityGroupNotFound', 400, `Security group ${missing} does not exist in ${vpcId}.`);
  }
  return [...groupIds];
}

function findUsable(account: Account, id: string | undefined): SimMountTarget {
  const target = account.state.efs.mountTargets[id ?? ''];
  if (target === undefined) throw simError('MountTargetNotFound', 404, `Mount target '${id}' does not exist.`);
  if (target.lifeCycle === 'creating' || target.lifeCycle === 'deleting') {
    throw simError('IncorrectMountTargetState', 409, `Mount target '${id}' is ${target.lifeCycle}.`);
  }
  return target;
}

function describeGroups(
  account: Account,
  input: DescribeMountTargetSecurityGroupsRequest,
): DescribeMountTargetSecurityGroupsResponse {
  return { SecurityGroups: [...findUsable(account, input.MountTargetId).securityGroups] };
}

/** Replaces the whole list: groups that are not in it are off. */
function modifyGroups(account: Account, input: ModifyMountTargetSecurityGroupsRequest): void {
  const target = findUsable(account, input.MountTargetId);
  const standard = account.state.ec2.vpcs[target.vpcId]?.defaultSecurityGroupId;
  const groups = checkGroups(account, input.SecurityGroups ?? (standard ? [standard] : []), target.vpcId);
  target.securityGroups = groups;
  const card = account.state.ec2.networkInterfaces[target.networkInterfaceId];
  if (card !== undefined) card.groups = [...groups];
}

export const mountTargetGroupHandlers: Handlers = {
  'EFS.DescribeMountTargetSecurityGroups': describeGroups,
  'EFS.ModifyMountTargetSecurityGroups': modifyGroups,
};
