import type { ContainerDefinition, RegisterTaskDefinitionRequest } from '@aws-sdk/client-ecs';

type Whole<T> = { readonly [K in keyof Required<T>]: Exclude<T[K], undefined> };

const MAIN: Whole<ContainerDefinition> = {
  name: 'app',
  image: 'example/app:1.2.3',
  repositoryCredentials: { credentialsParameter: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:example' },
  cpu: 256,
  memory: 512,
  memoryReservation: 256,
  links: ['sidecar'],
  portMappings: [{ containerPort: 8080, hostPort: 8080, protocol: 'tcp', name: 'http', appProtocol: 'http2' }],
  essential: true,
  restartPolicy: { enabled: true, ignoredExitCodes: [3], restartAttemptPeriod: 180 },
  entryPoint: ['/entry'],
  command: ['serve', '--port', '8080'],
  environment: [{ name: 'EXAMPLE', value: 'value' }],
  environmentFiles: [{ value: 'arn:aws:s3:::example/app.env', type: 's3' }],
  mountPoints: [{ sourceVolume: 'scratch', containerPath: '/scratch', readOnly: false }],
  volumesFrom: [{ sourceContainer: 'sidecar', readOnly: true }],
  linuxParameters: {
    capabilities: { add: ['SYS_PTRACE'], drop: ['NET_RAW'] },
    devices: [{ hostPath: '/dev/null', containerPath: '/dev/null', permissions: ['read'] }],
    initProcessEnabled: true,
    sharedMemorySize: 64,
    tmpfs: [{ containerPath: '/tmp', size: 64, mountOptions: ['noexec'] }],
    maxSwap: 0,
    swappiness: 0,
  },
  secrets: [{ name: 'TOKEN', valueFrom: 'arn:aws:ssm:eu-west-1:111122223333:parameter/example' }],
  dependsOn: [{ containerName: 'sidecar', condition: 'HEALTHY' }],
  startTimeout: 60,
  stopTimeout: 30,
  versionConsistency: 'enabled',
  hostname: 'app',
  user: '1000:1000',
  workingDirectory: '/srv',
  disableNetworking: false,
  privileged: false,
  readonlyRootFilesystem: true,
  dnsServers: ['10.0.0.2'],
  dnsSearchDomains: ['example.internal'],
  extraHosts: [{ hostname: 'db', ipAddress: '10.0.0.9' }],
  dockerSecurityOptions: ['no-new-privileges'],
  interactive: false,
  pseudoTerminal: false,
  dockerLabels: { team: 'shop' },
  ulimits: [{ name: 'nofile', softLimit: 1024, hardLimit: 4096 }],
  logConfiguration: {
    logDriver: 'awslogs',
    options: { 'awslogs-group': '/ecs/shop' },
    secretOptions: [{ name: 'token', valueFrom: 'example' }],
  },
  healthCheck: { command: ['CMD', 'true'], interval: 30, timeout: 5, retries: 3, startPeriod: 10 },
  systemControls: [{ namespace: 'net.core.somaxconn', value: '1024' }],
  resourceRequirements: [{ type: 'GPU', value: '1' }],
  firelensConfiguration: { type: 'fluentbit', options: { 'enable-ecs-log-metadata': 'true' } },
  credentialSpecs: ['credentialspec:example'],
};

const DEFINITION: Whole<RegisterTaskDefinitionRequest> = {
  family: 'shop',
  taskRoleArn: 'arn:aws:iam::111122223333:role/shop-task',
  executionRoleArn: 'arn:aws:iam::111122223333:role/ecsTaskExecutionRole',
  networkMode: 'awsvpc',
  containerDefinitions: [
    MAIN,
    {
      name: 'sidecar',
      image: 'example/sidecar:4',
      essential: false,
      mountPoints: [{ sourceVolume: 'data', containerPath: '/in', readOnly: true }],
    },
  ],
  volumes: [
    {
      name: 'data',
      efsVolumeConfiguration: {
        fileSystemId: 'fs-0123456789abcdef0',
        rootDirectory: '/',
        transitEncryption: 'DISABLED',
        transitEncryptionPort: 20049,
        authorizationConfig: { iam: 'DISABLED' },
      },
    },
    { name: 'scratch', host: { sourcePath: '/mnt/scratch' } },
    { name: 'docker', dockerVolumeConfiguration: { scope: 'shared', autoprovision: true, driver: 'local' } },
    { name: 'later', configuredAtLaunch: true },
  ],
  placementConstraints: [{ type: 'memberOf', expression: 'attribute:ecs.os-type == linux' }],
  requiresCompatibilities: ['EC2'],
  cpu: '1024',
  memory: '2048',
  tags: [
    { key: 'mountkeeper:enabled', value: 'true' },
    { key: 'team', value: 'shop' },
    { key: 'aws:cloudformation:stack-name', value: 'shop' },
  ],
  pidMode: 'task',
  ipcMode: 'task',
  proxyConfiguration: { type: 'APPMESH', containerName: 'sidecar', properties: [{ name: 'AppPorts', value: '8080' }] },
  inferenceAccelerators: [{ deviceName: 'device_1', deviceType: 'eia1.medium' }],
  ephemeralStorage: { sizeInGiB: 40 },
  runtimePlatform: { cpuArchitecture: 'ARM64', operatingSystemFamily: 'LINUX' },
  enableFaultInjection: true,
};

/** Members that no SDK knows yet, at every level. */
function withUnknown(definition: typeof DEFINITION) {
  return {
    ...definition,
    futureMember: { nested: [{ deep: true }] },
    containerDefinitions: definition.containerDefinitions.map((one) => ({ ...one, futureContainerMember: 7 })),
    volumes: definition.volumes.map((one) => ({
      ...one,
      futureVolumeMember: 'kept',
      ...('efsVolumeConfiguration' in one
        ? {
            efsVolumeConfiguration: {
              ...one.efsVolumeConfiguration,
              futureEfsMember: 'kept',
              authorizationConfig: { ...one.efsVolumeConfiguration?.authorizationConfig, futureAuthMember: 'kept' },
            },
          }
        : {}),
    })),
  };
}

export const HUGE = withUnknown(DEFINITION);

/** What DescribeTaskDefinition adds. */
export const OUTPUT_ONLY = {
  taskDefinitionArn: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/shop:12',
  revision: 12,
  status: 'ACTIVE',
  requiresAttributes: [{ name: 'ecs.capability.efs' }],
  compatibilities: ['EC2'],
  registeredAt: 1_788_256_800,
  registeredBy: 'arn:aws:sts::111122223333:assumed-role/ci-deploy/ci',
  deregisteredAt: 1_788_256_900,
  deleteRequestedAt: 1_788_256_950,
};
