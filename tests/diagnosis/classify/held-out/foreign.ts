import type { HeldOut } from './efs.ts';

const WRAP = 'ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: ';
const END = ' : unsuccessful EFS utils command execution; code: ';
const ANY = { volumes: ['efs', 's3files'] } as const;
const WITH_EFS = { volumes: ['efs'] } as const;
const LOG = { field: 'appLog', volumes: ['efs'] } as const;

/** Not an EFS mount failure, some of them in tasks that do have an EFS volume. */
export const HELD_OUT_FOREIGN: readonly HeldOut[] = [
  [
    'not-efs',
    `${WRAP}Failed to resolve "use1-az1.fs-0abc1234def567890.s3files.us-east-1.on.aws" - check that your file system ID is correct, and ensure that the VPC has an S3Files mount target for this file system ID. See https://docs.aws.amazon.com/console/efs/mount-dns-name for more detail.${END}1`,
    ANY,
  ],
  [
    'not-efs',
    `${WRAP}b'mount.nfs4: access denied by server while mounting 127.0.0.1:/'${END}32`,
    { volumes: ['s3files'] },
  ],
  ['not-efs', `${WRAP}b'mount.nfs4: Connection timed out'${END}32`, { volumes: ['s3files', 'bind'] }],
  ['not-efs', `${WRAP}b'mount.nfs4: Connection timed out'${END}32`, { volumes: [] }],
  [
    'not-efs',
    `${WRAP}b'mount.nfs4: mount system call failed' Traceback (most recent call last): File "/usr/sbin/supervisor_mount_s3files", line 52, in <module> return_code = subprocess.check_call(["mount", "-t", "s3files", "-o", opts]) subprocess.CalledProcessError: Command '['mount', '-t', 's3files', '-o', 'noresvport,tls,iam', 'fs-0abc1234def567890:/', '/efs-vols/x']' returned`,
  ],
  [
    'not-efs',
    'Failed to resolve "fs-0abc1234def567890.s3files.cn-north-1.on.amazonwebservices.com.cn" - check that the specified DNS name is a CNAME record resolving to a valid S3Files DNS name',
  ],
  ['not-efs', 'Error response from daemon: create ecs-x: VolumeDriver.Create: volume s3files type not supported'],
  ['not-efs', `${WRAP}b'mount.nfs4: access denied by server while mounting 127.0.0.1:myapp/filestorage'${END}32`],
  ['not-efs', `${WRAP}b'mount.nfs4: access denied by server while mounting 127.0.0.1:myapp/filestorage'${END}32`, ANY],
  ['not-efs', `${WRAP}Failed to resolve "use1-az2.fs-0123`],
  [
    'not-efs',
    'ResourceInitializationError: failed to invoke S3 Files utils commands to set up S3 Files volumes: stderr: mount.nfs4: Connection timed out',
  ],
  ['not-efs', 'ClientException: S3 Files IAM authorization requires a task role.'],
  ['not-efs', 'mount.nfs4: access denied by server while mounting storage-plzen3-kky.example.cz:/'],
  [
    'not-efs',
    'mount.nfs4: mount(2): Permission denied\nmount.nfs4: access denied by server while mounting servername:/media/vol2',
  ],
  ['not-efs', '| mount.nfs4: access denied by server while mounting 127.0.0.1:/NAS-8TB-Javi rc=32 |'],
  [
    'not-efs',
    'MountVolume.SetUp failed for volume "pvc-e4" : mount failed: exit status 32 Mounting command: systemd-run Mounting arguments: --description=Kubernetes transient mount --scope -- mount -t nfs 192.168.137.121:/nfs/data /var/lib/kubelet/pods/x Output: mount.nfs: mounting 192.168.137.121:/nfs/data failed, reason given by server: No such file or directory',
  ],
  [
    'not-efs',
    "service backend-flask failed to launch a task with (error ECS was unable to assume the role 'arn:aws:iam::111122223333:role/EfsTaskRole' that was provided for this task.)",
    WITH_EFS,
  ],
  [
    'not-efs',
    'Error response from daemon: create ComfyUIVolume: VolumeDriver.Create: docker-legacy: Create: ComfyUIVolume: failed: error getting volume',
  ],
  ['not-efs', 'Error during resolve: Response was empty'],
  ['not-efs', 'Volume fs-xxxx specifies nonexistent driver efs'],
  ['not-efs', 'level=info msg="Mounting EFS volume 172.31.44.63: on /var/lib/docker-volumes/netshare/efs/fs-c672b68f"'],
  ['not-efs', 'NFSv4.0 is not supported for S3 Files mounts'],
  ['not-efs', "mount: unknown filesystem type 's3files'"],
  ['not-efs', 'The specified CNAME "x.example.com" did not resolve to a valid DNS name for an S3Files mount target.'],
  [
    'not-efs',
    "Error response from daemon: error while mounting volume '/var/lib/docker/volumes/nfs/_data': failed to mount local volume: mount :/exports/data:/var/lib/docker/volumes/nfs/_data, data: addr=10.0.0.5,nfsvers=4: connection refused",
    WITH_EFS,
  ],
  [
    'not-efs',
    "Error response from daemon: error while mounting volume '/var/lib/docker/volumes/smb/_data': failed to mount local volume: mount //files.example.com/share:/var/lib/docker/volumes/smb/_data, data: username=app,password=hunter2: permission denied",
    WITH_EFS,
  ],
  [
    'not-efs',
    'Error response from daemon: failed to chown /var/lib/docker/volumes/app/_data: lchown /var/lib/docker/volumes/app/_data: operation not permitted',
  ],
  [
    'not-efs',
    'mount.nfs: access denied by server while mounting 192.168.10.4:/volume1/backup',
    { field: 'mountHelperStderr' },
  ],
  ['not-efs', 'mount.nfs: Connection refused'],
  ['not-efs', 'mount.nfs4: access denied by server while mounting nas.example.com:/exports/home', WITH_EFS],
  ['not-efs', 'mount.nfs4: Connection timed out for nas.example.com:/export on /mnt'],
  ['not-efs', 'mount.nfs: Failed to resolve server nas01: Name or service not known'],
  [
    'not-efs',
    'mount.nfs4: mounting 10.1.2.3:/exports/missing failed, reason given by server: No such file or directory',
  ],
  ['not-efs', 'mount.nfs: mounting nas.lan:/x failed, reason given by server: No such file or directory'],
  [
    'not-efs',
    'mount error(13): Permission denied\nRefer to the mount.cifs(8) manual page (e.g. man mount.cifs)',
    WITH_EFS,
  ],
  [
    'not-efs',
    'mount.lustre: mount fs-0123456789abcdef0.fsx.eu-west-1.amazonaws.com@tcp:/abc at /fsx failed: Input/output error\nIs the MGS running?',
  ],
  ['not-efs', 'mount.nfs: Connection timed out for fs-0123456789abcdef0.fsx.us-east-1.amazonaws.com:/fsx/ on /mnt'],
  [
    'not-efs',
    'mount.nfs4: Failed to resolve server svm-0123.fs-0123456789abcdef0.fsx.us-west-2.amazonaws.com: Name or service not known',
  ],
  [
    'not-efs',
    'fsxwindowsfileserver resource: failed to map fsxwindowsfileserver resource on the container instance: New-SmbGlobalMapping : Access is denied',
  ],
  [
    'not-efs',
    'Mount failed. Please check the log file for more details. mount.glusterfs: connection timed out',
    WITH_EFS,
  ],
  [
    'not-efs',
    'MountVolume.SetUp failed for volume "pvc-1" : rpc error: code = Internal desc = mount failed: exit status 32 Mounting command: mount Mounting arguments: -t nfs 10.0.0.1:/srv /var/lib/kubelet/x Output: mount.nfs: access denied by server while mounting 10.0.0.1:/srv',
  ],
  [
    'not-efs',
    'mount: wrong fs type, bad option, bad superblock on /dev/xvdf, missing codepage or helper program, or other error',
  ],
  [
    'not-efs',
    'mount: wrong fs type, bad option, bad superblock on 10.9.8.7:/srv/exports, missing codepage or helper program',
  ],
  [
    'not-efs',
    'ECS was unable to set up the EBS volume. Timed out while waiting for the volume attachment. vol-0123456789abcdef0',
  ],
  ['not-efs', 'Amazon EBS volume attach failed: volume vol-0123 is not in available state yet', WITH_EFS],
  ['not-efs', 'Task failed to start due to failed EBS Volume attachment: Encountered UnauthorizedOperation'],
  ['not-efs', 'VolumeDriver.Mount: rexray/ebs: context deadline exceeded', WITH_EFS],
  [
    'not-efs',
    'Error response from daemon: create nexus-data: VolumeDriver.Create: Failed in create: An error occurred (FileSystemAlreadyExists) when calling the CreateFileSystem operation',
  ],
  ['not-efs', 'create stack10_efs-pimcore: VolumeDriver.Create: EFS support necessary for backing type: "shared"'],
  ['not-efs', 'error looking up volume plugin rexray/efs: plugin "rexray/efs" not found'],
  [
    'not-efs',
    'CannotCreateVolumeError: Error response from daemon: create data: error looking up volume plugin local-persist: plugin not found',
    WITH_EFS,
  ],
  [
    'not-efs',
    'CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref 111122223333.dkr.ecr.us-east-1.amazonaws.com/efs-utils:latest: not found',
    WITH_EFS,
  ],
  [
    'not-efs',
    'CannotPullContainerError: The task cannot pull registry-1.docker.io/amazon/aws-efs-csi-driver:v2 from the registry. There is a connection issue: dial tcp: i/o timeout',
    WITH_EFS,
  ],
  [
    'not-efs',
    'CannotPullContainerError: ref pull has been retried 5 time(s): failed to copy: httpReadSeeker: failed open: failed to do request: Get "https://prod-us-east-1-starport-layer-bucket.s3.us-east-1.amazonaws.com/x": dial tcp 52.216.1.1:443: connect: connection reset by peer',
    WITH_EFS,
  ],
  [
    'not-efs',
    'CannotPullECRContainerError: AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/efs-role/1 is not authorized to perform: ecr:GetAuthorizationToken',
    WITH_EFS,
  ],
  [
    'not-efs',
    'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 5 time(s): failed to fetch secret arn:aws:secretsmanager:us-east-1:111122223333:secret:amazon-efs-mount-password from secrets manager: RequestCanceled: connection timed out',
    WITH_EFS,
  ],
  [
    'not-efs',
    'ResourceInitializationError: unable to pull secrets or registry auth: AccessDeniedException: not authorized to perform: ssm:GetParameters on /efs/fs-01234567/password',
    WITH_EFS,
  ],
  [
    'not-efs',
    'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group /ecs/efs-utils does not exist. : exit status 1',
    WITH_EFS,
  ],
  [
    'not-efs',
    'ResourceInitializationError: failed to initialize logging driver: failed to create log group /efs/mount: connection reset by peer',
    WITH_EFS,
  ],
  [
    'not-efs',
    'ResourceInitializationError: failed to configure ENI: failed to setup regular ENI: context deadline exceeded',
    WITH_EFS,
  ],
  ['not-efs', 'ResourceInitializationError: unable to create network namespace', WITH_EFS],
  ['not-efs', 'Timeout waiting for network interface provisioning to complete.', WITH_EFS],
  ['not-efs', 'Timeout waiting for EPHEMERAL_STORAGE provisioning to complete', WITH_EFS],
  ['not-efs', 'Network interface provisioning failed: subnet has no free addresses', WITH_EFS],
  [
    'not-efs',
    'Unexpected EC2 error while attempting to Create Network Interface with public IP assignment disabled in subnet subnet-0123: InsufficientFreeAddressesInSubnet',
    WITH_EFS,
  ],
  ['not-efs', 'Essential container in task exited', WITH_EFS],
  [
    'not-efs',
    'Essential container in task exited',
    {
      volumes: ['efs'],
      stopCode: 'EssentialContainerExited',
      containerReasons: ['OutOfMemoryError: Container killed due to memory usage'],
    },
  ],
  ['not-efs', 'Scaling activity initiated by (deployment ecs-svc/1234567890123456789)', WITH_EFS],
  ['not-efs', 'Task stopped by user', WITH_EFS],
  ['not-efs', 'Your Spot Task was interrupted.', WITH_EFS],
  ['not-efs', `${WRAP}b'mount.nfs4: Connection timed out'${END}32`, { volumes: ['efs'], stopCode: 'UserInitiated' }],
  ['not-efs', 'Task failed container health checks', WITH_EFS],
  [
    'not-efs',
    'Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/efs-app/1)',
    WITH_EFS,
  ],
  [
    'not-efs',
    '(service efs-app) (port 8080) is unhealthy in (target-group arn) due to (reason Request timed out)',
    WITH_EFS,
  ],
  [
    'not-efs',
    '(service efs-app) is unable to consistently start tasks successfully. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.',
    WITH_EFS,
  ],
  [
    'not-efs',
    '(service efs-app) was unable to place a task because no container instance met all of its requirements. The closest matching (container-instance 0a1b) is missing an attribute required by your task.',
    WITH_EFS,
  ],
  [
    'not-efs',
    '(service efs-app) was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different availability zone.',
    WITH_EFS,
  ],
  [
    'not-efs',
    "(service efs-app) was unable to place a task. Reason: You've reached the limit on the number of tasks you can run concurrently",
    WITH_EFS,
  ],
  ['not-efs', '(service efs-app) deployment ecs-svc/123 deployment failed: tasks failed to start.', WITH_EFS],
  ['not-efs', '(service efs-app) has reached a steady state.', WITH_EFS],
  ['not-efs', 'RESOURCE:MEMORY', WITH_EFS],
  ['not-efs', 'AGENT', WITH_EFS],
  [
    'not-efs',
    'CannotStartContainerError: Error response from daemon: OCI runtime create failed: container_linux.go:349: starting container process caused "exec: \\"/entrypoint.sh\\": permission denied": unknown',
    WITH_EFS,
  ],
  [
    'not-efs',
    'CannotStartContainerError: ResourceInitializationError: failed to create new container runtime task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error creating device nodes: mknod /run/containerd/io.containerd.runtime.v2.task/x/rootfs/dev/null: errno 524: unknown',
    WITH_EFS,
  ],
  [
    'not-efs',
    'CannotStartContainerError: Error response from daemon: driver failed programming external connectivity on endpoint efs: Bind for 0.0.0.0:80 failed: port is already allocated',
    WITH_EFS,
  ],
  ['not-efs', 'CannotInspectContainerError: Could not transition to inspecting; timed out after waiting 30s', WITH_EFS],
  ['not-efs', 'DockerTimeoutError: Could not transition to created; timed out after waiting 4m0s', WITH_EFS],
  ['not-efs', 'DockerTimeoutError: Could not transition to started; timed out after waiting 3m0s', WITH_EFS],
  ['not-efs', 'Could not transition to creating volume; timed out after waiting 4m0s'],
  ['not-efs', 'Error: connect ECONNREFUSED 10.0.3.4:5432', LOG],
  [
    'not-efs',
    'psycopg2.OperationalError: could not connect to server: Connection timed out. Is the server running on host "db.example.com" and accepting TCP/IP connections on port 5432?',
    LOG,
  ],
  ['not-efs', 'redis.exceptions.ConnectionError: Error 104 while writing to socket. Connection reset by peer.', LOG],
  ['not-efs', "java.net.UnknownHostException: Failed to resolve 'api.example.com'", LOG],
  ['not-efs', "FileNotFoundError: [Errno 2] No such file or directory: '/data/config.yml'", LOG],
  ['not-efs', 'Error: listen EACCES: permission denied 0.0.0.0:80', LOG],
  ['not-efs', 'nginx: [emerg] mkdir() "/var/run/nginx/client_temp" failed (13: Permission denied)', LOG],
  ['not-efs', "touch: cannot touch '/data/x': Permission denied", { field: 'appLog' }],
  ['not-efs', 'at com.acme.efs.FileService.open(FileService.java:12): permission denied', { field: 'appLog' }],
  ['not-efs', 'require stack: node_modules/fs-extra/lib/copy.js: connection timed out', LOG],
  ['not-efs', 'Successfully mounted fs-0abc1234def567890.efs.us-east-1.amazonaws.com at /mnt/data'],
  ['not-efs', 'INFO efs-exporter started; metrics for fs-0abc1234def567890.efs.us-east-1.amazonaws.com', LOG],
  ['not-efs', 'GlusterFS: transport endpoint is not connected', WITH_EFS],
  ['not-efs', 'iscsiadm: initiator reported error (8 - connection timed out)', WITH_EFS],
  ['not-efs', 'mount-s3: Error: Failed to create S3 client: permission denied', LOG],
  ['not-efs', 's3fs: MOUNTPOINT: /data permission denied', LOG],
  ['not-efs', 'ceph-fuse: mount failed: (110) Connection timed out', WITH_EFS],
  [
    'not-efs',
    'Unable to attach or mount volumes: unmounted volumes=[efs-data], unattached volumes=[efs-data]: timed out waiting for the condition',
  ],
  [
    'not-efs',
    'AttachVolume.Attach failed for volume "efs-pv": rpc error: code = Internal desc = Could not attach volume "vol-0123" to node: context deadline exceeded',
  ],
  [
    'not-efs',
    'botocore.exceptions.ConnectTimeoutError: Connect timeout on endpoint URL: "https://elasticfilesystem.us-east-1.amazonaws.com/"',
    LOG,
  ],
  [
    'not-efs',
    'An error occurred (AccessDeniedException) when calling the CreateAccessPoint operation: User is not authorized to perform: elasticfilesystem:CreateAccessPoint',
    LOG,
  ],
  [
    'not-efs',
    'CannotStartContainerError: Error response from daemon: failed to initialize logging driver: dial tcp: lookup logs.us-east-1.amazonaws.com: Temporary failure in name resolution',
    WITH_EFS,
  ],
  ['not-efs', 'ContainerRuntimeError: failed to create container', WITH_EFS],
  ['not-efs', 'InternalError: <reason>', WITH_EFS],
  ['not-efs', 'SpotInterruptionError: capacity no longer available', WITH_EFS],
  ['not-efs', 'Exit status 1', WITH_EFS],
  ['not-efs', '', WITH_EFS],
  ['not-efs', 'efs', WITH_EFS],
  ['not-efs', 'My EFS volume is great; the tls option and iam option and accesspoint option are set, timeout 30'],
];
