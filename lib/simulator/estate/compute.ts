import type { RegisterTaskDefinitionRequest } from '@aws-sdk/client-ecs';
import type { Account } from '../account.ts';
import type { SimContainerInstance } from '../ecs-state.ts';
import { ecsArn } from '../services/ecs-names.ts';
import { freeAddress } from '../services/free-address.ts';
import type { Estate, EstateNetwork, EstateSpec } from './spec.ts';

export function addCluster(account: Account, name: string): string {
  const arn = ecsArn(account, `cluster/${name}`);
  account.state.ecs.clusters[arn] = { arn, name, tags: [] };
  return arn;
}

const AGENT_ATTRIBUTES = [
  'ecs.capability.efs',
  'ecs.capability.efsAuth',
  'ecs.capability.task-eni',
  'com.amazonaws.ecs.capability.task-iam-role',
];

interface FleetOrder {
  readonly network: EstateNetwork;
  readonly clusterArn: string;
  readonly clusterName: string;
  readonly groupId: string;
}

/** One instance in each zone, with a recent agent and a running volume plugin. */
export function addInstances(account: Account, order: FleetOrder): readonly string[] {
  return order.network.zones.map(({ appSubnetId }) => {
    const ec2InstanceId = addInstance(account, order, appSubnetId);
    const arn = ecsArn(account, `container-instance/${order.clusterName}/${account.newUuid().replaceAll('-', '')}`);
    const containerInstance: SimContainerInstance = {
      arn,
      clusterArn: order.clusterArn,
      ec2InstanceId,
      agentVersion: '1.99.0',
      agentConnected: true,
      attributes: AGENT_ATTRIBUTES.map((name) => ({ name })),
      volumePlugin: true,
      botocore: false,
    };
    account.state.ecs.containerInstances[arn] = containerInstance;
    return arn;
  });
}

function addInstance(account: Account, { network, groupId }: FleetOrder, subnetId: string): string {
  const id = account.newId('i');
  const networkInterfaceId = account.newId('eni');
  const subnet = account.state.ec2.subnets[subnetId];
  if (subnet === undefined) throw new Error(`simulated account: no subnet ${subnetId}`);
  const privateIpAddress = freeAddress(account, subnet);
  account.state.ec2.instances[id] = {
    id,
    vpcId: network.vpcId,
    subnetId,
    privateIpAddress,
    networkInterfaceIds: [networkInterfaceId],
    state: 'running',
    securityGroups: [groupId],
    tags: [],
  };
  account.state.ec2.networkInterfaces[networkInterfaceId] = {
    id: networkInterfaceId,
    vpcId: network.vpcId,
    subnetId,
    availabilityZone: subnet.availabilityZone,
    privateIpAddress,
    interfaceType: 'interface',
    description: '',
    groups: [groupId],
    status: 'in-use',
    tags: [],
  };
  return id;
}

type DefinitionParts = Pick<
  Estate,
  'fileSystemId' | 'accessPointId' | 'taskRoleArn' | 'logGroup' | 'volumeName' | 'containerPath' | 'image'
>;

/** The registration that the app team would send. */
export function definitionRequest(
  account: Account,
  spec: EstateSpec,
  parts: DefinitionParts & { readonly executionRoleArn: string },
): RegisterTaskDefinitionRequest {
  const { volumeName: sourceVolume, containerPath } = parts;
  return {
    family: spec.name,
    taskRoleArn: parts.taskRoleArn,
    executionRoleArn: parts.executionRoleArn,
    networkMode: spec.networkMode,
    requiresCompatibilities: [spec.launch === 'MANAGED_INSTANCES' ? 'EC2' : spec.launch],
    cpu: '256',
    memory: '512',
    containerDefinitions: [
      {
        name: 'app',
        image: parts.image,
        essential: true,
        ...(spec.user && { user: spec.user }),
        environment: [{ name: 'EXAMPLE_TOKEN', value: 'example-value-never-log-this' }],
        mountPoints: spec.volume ? [{ sourceVolume, containerPath, readOnly: spec.readOnly }] : [],
        logConfiguration: {
          logDriver: 'awslogs',
          options: {
            'awslogs-group': parts.logGroup,
            'awslogs-region': account.region,
            'awslogs-stream-prefix': 'ecs',
          },
        },
      },
    ],
    volumes: spec.volume ? [efsVolume(spec, parts)] : [],
    tags: definitionTags(spec),
  };
}

function efsVolume(spec: EstateSpec, { fileSystemId, accessPointId, volumeName }: DefinitionParts) {
  const authorizationConfig = { ...(accessPointId && { accessPointId }), ...(spec.iam && { iam: 'ENABLED' as const }) };
  return {
    name: volumeName,
    efsVolumeConfiguration: {
      fileSystemId,
      rootDirectory: spec.rootDirectory ?? '/',
      ...(spec.tls && { transitEncryption: 'ENABLED' as const }),
      ...(Object.keys(authorizationConfig).length > 0 && { authorizationConfig }),
    },
  };
}

function definitionTags(spec: EstateSpec) {
  const key = spec.keys.taskDefinition ? { 'mountkeeper:enabled': 'true' } : {};
  return Object.entries({ ...key, ...spec.definitionTags }).map(([name, value]) => ({ key: name, value }));
}
