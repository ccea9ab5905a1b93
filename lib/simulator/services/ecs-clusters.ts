import type { DescribeClustersRequest, DescribeContainerInstancesRequest } from '@aws-sdk/client-ecs';
import type { Account, Handlers } from '../account.ts';
import type { SimCluster, SimContainerInstance } from '../ecs-state.ts';
import { clusterOf, ecsArn, invalid } from './ecs-names.ts';

export const clusterHandlers: Handlers = {
  'ECS.DescribeClusters': describeClusters,
  'ECS.DescribeContainerInstances': describeContainerInstances,
};

const MOST_INSTANCES = 100;

function describeClusters(account: Account, { clusters = ['default'], include }: DescribeClustersRequest) {
  const arns = clusters.map((name) => (name.startsWith('arn:') ? name : ecsArn(account, `cluster/${name}`)));
  const known = account.state.ecs.clusters;
  return {
    clusters: arns.flatMap((arn) => {
      const cluster = known[arn];
      return cluster ? [describeCluster(account, cluster, include?.includes('TAGS') ?? false)] : [];
    }),
    failures: arns.filter((arn) => known[arn] === undefined).map((arn) => ({ arn, reason: 'MISSING' })),
  };
}

function describeCluster(account: Account, { arn, name, tags }: SimCluster, withTags: boolean): object {
  const { services, containerInstances } = account.state.ecs;
  return {
    clusterArn: arn,
    clusterName: name,
    status: 'ACTIVE',
    activeServicesCount: Object.values(services).filter(({ clusterArn }) => clusterArn === arn).length,
    registeredContainerInstancesCount: Object.values(containerInstances).filter(({ clusterArn }) => clusterArn === arn)
      .length,
    ...(withTags && { tags: [...tags] }),
  };
}

function describeContainerInstances(account: Account, request: DescribeContainerInstancesRequest) {
  const { containerInstances: names = [] } = request;
  const cluster = clusterOf(account, request.cluster);
  if (names.length === 0) throw invalid('Container instances cannot be empty.');
  if (names.length > MOST_INSTANCES) throw invalid(`Too many container instances: ${names.length} > ${MOST_INSTANCES}`);
  const arns = names.map((name) =>
    name.startsWith('arn:') ? name : ecsArn(account, `container-instance/${cluster.name}/${name}`),
  );
  const known = account.state.ecs.containerInstances;
  return {
    containerInstances: arns.flatMap((arn) => describeInstance(known[arn])),
    failures: arns.filter((arn) => known[arn] === undefined).map((arn) => ({ arn, reason: 'MISSING' })),
  };
}

function describeInstance(instance: SimContainerInstance | undefined): readonly object[] {
  if (instance === undefined) return [];
  return [
    {
      containerInstanceArn: instance.arn,
      ec2InstanceId: instance.ec2InstanceId,
      status: 'ACTIVE',
      agentConnected: instance.agentConnected,
      versionInfo: { agentVersion: instance.agentVersion, dockerVersion: 'DockerVersion: 25.0.8' },
      attributes: structuredClone(instance.attributes),
    },
  ];
}
