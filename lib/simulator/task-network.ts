import type { Account } from './account.ts';
import type { AwsvpcConfiguration, SimContainerInstance } from './ecs-state.ts';
import type { SimAttachment, SimTask } from './ecs-task-state.ts';
import { addressInBlock } from './mount/address.ts';
import type { MountClient } from './mount/request.ts';

/** Gives the task an interface of its own, as `awsvpc` does. Without groups it gets the VPC's default one. */
export function attachInterface(account: Account, configuration: AwsvpcConfiguration): SimAttachment {
  const { ec2 } = account.state;
  const subnet = ec2.subnets[configuration.subnets[0] ?? ''];
  if (subnet === undefined) throw new Error(`simulated account: no subnet ${configuration.subnets[0]}`);
  const asked = configuration.securityGroups ?? [];
  const fallback = ec2.vpcs[subnet.vpcId]?.defaultSecurityGroupId;
  const groups = asked.length > 0 || fallback === undefined ? [...asked] : [fallback];
  const id = account.newId('eni');
  const address = freeAddress(account, subnet.id);
  ec2.networkInterfaces[id] = {
    id,
    vpcId: subnet.vpcId,
    subnetId: subnet.id,
    availabilityZone: subnet.availabilityZone,
    privateIpAddress: address,
    ...(subnet.ipv6CidrBlock && {
      ipv6Address: subnet.ipv6CidrBlock.replace(/:\/\d+$/, `:${address.split('.').at(-1)}`),
    }),
    interfaceType: 'interface',
    description: 'arn:aws:ecs attachment',
    groups,
    status: 'in-use',
    tags: [],
  };
  return {
    id: account.newUuid(),
    status: 'ATTACHED',
    subnetId: subnet.id,
    networkInterfaceId: id,
    privateIpv4Address: address,
    macAddress: '02:00:00:00:00:01',
  };
}

/** The first four addresses of a subnet are AWS's; the simulated tasks begin well above. */
function freeAddress(account: Account, subnetId: string): string {
  const { subnets, networkInterfaces, instances } = account.state.ec2;
  const block = subnets[subnetId]?.cidrBlock ?? '';
  const taken = new Set([
    ...Object.values(networkInterfaces).map(({ privateIpAddress }) => privateIpAddress),
    ...Object.values(instances).map(({ privateIpAddress }) => privateIpAddress),
  ]);
  for (let offset = 20; offset < 60_000; offset += 1) {
    const address = addressInBlock(block, offset);
    if (!taken.has(address)) return address;
  }
  throw new Error(`simulated account: no address left in ${subnetId}`);
}

/** Takes the interface away, so that nobody can ask for its groups any more. */
export function detachInterfaces(account: Account, task: SimTask): void {
  for (const attachment of task.attachments) {
    attachment.status = 'DELETED';
    delete account.state.ec2.networkInterfaces[attachment.networkInterfaceId];
  }
}

/** The interface that mounts: the task's own, or with `bridge` and `host` the instance's. */
export function clientOf(account: Account, task: SimTask): MountClient {
  const attachment = task.attachments[0];
  if (attachment === undefined) return instanceClient(account, task);
  const eni = account.state.ec2.networkInterfaces[attachment.networkInterfaceId];
  if (eni === undefined) throw new Error(`simulated account: no interface ${attachment.networkInterfaceId}`);
  return {
    vpcId: eni.vpcId,
    subnetId: eni.subnetId,
    availabilityZone: eni.availabilityZone,
    address: eni.privateIpAddress,
    ...(eni.ipv6Address && { ipv6Address: eni.ipv6Address }),
    groups: eni.groups,
  };
}

function instanceClient(account: Account, task: SimTask): MountClient {
  const host = hostOf(account, task);
  const instance = account.state.ec2.instances[host?.ec2InstanceId ?? ''];
  if (instance === undefined) throw new Error(`simulated account: no instance under ${task.arn}`);
  return {
    vpcId: instance.vpcId,
    subnetId: instance.subnetId,
    availabilityZone: task.availabilityZone,
    address: instance.privateIpAddress,
    groups: instance.securityGroups,
  };
}

export function hostOf(account: Account, task: SimTask): SimContainerInstance | undefined {
  return account.state.ecs.containerInstances[task.containerInstanceArn ?? ''];
}
