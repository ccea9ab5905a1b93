import type { Reason } from '../../../../lib/diagnosis/classify/types.ts';
import type { FailureKind } from '../../../../lib/diagnosis/failure-kinds.ts';

export type HeldOut = readonly [kind: FailureKind, text: string, known?: Omit<Reason, 'text'>];

const WRAP = 'ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: ';
const END = ' : unsuccessful EFS utils command execution; code: ';
const DAEMON = 'Error response from daemon: create ecs-api-31-shared-d0c8f1a3b2e4f5a6b700: VolumeDriver.Create: ';
const PLUGIN = `${DAEMON}mounting volume failed: `;
const DNS =
  'Failed to resolve "fs-0abc1234def567890.efs.cn-north-1.amazonaws.com.cn" - check that your file system ID is correct, and ensure that the VPC has an EFS mount target for this file system ID.\nSee https://docs.aws.amazon.com/console/efs/mount-dns-name for more detail.';
const LOOKUP = `${DNS}\nAttempting to lookup mount target ip address using botocore. `;
const NO_BOTOCORE = 'Failed to import necessary dependency botocore, please install botocore first.';
const STACK =
  " Traceback (most recent call last): File \"/usr/sbin/supervisor_mount_efs\", line 58, in <module> return_code = subprocess.check_call([\"mount\", \"-t\", \"efs\", \"-o\", opts, args.fs_id_with_path, args.dir_in_container], shell=False) File \"/usr/lib64/python3.11/subprocess.py\", line 413, in check_call raise CalledProcessError(retcode, cmd) subprocess.CalledProcessError: Command '['mount', '-t', 'efs', '-o', 'noresvport,tls,iam,accesspoint=fsap-0123456789abcdef0,awscredsuri=/v2/credentials/0f0f0f0f-1111-2222-3333-444455556666', 'fs-0abc1234def567890:/', '/efs-vols/data']' returned non-zero exit status 32. During handling of the above exception, another exception occ";
const NO_CONTACT =
  'Failed to resolve "fs-0abc1234def567890.efs.us-gov-west-1.amazonaws.com". Cannot connect to file system mount target ip address 172.31.4.9. \n';
const RETRY = 'Mount attempt 1/3 failed due to timeout after 15 sec, wait 0 sec before next attempt. ';
const EFS = { volumes: ['efs'] } as const;
const LOG = { field: 'appLog', volumes: ['efs'] } as const;

export const HELD_OUT_EFS: readonly HeldOut[] = [
  ['network-timeout', `${WRAP}b'mount.nfs4: No route to host'${END}32`],
  ['network-timeout', `${WRAP}b'mount.nfs4: Network is unreachable'${END}32`],
  ['network-timeout', `${WRAP}mount.nfs4: Connection timed out${END}32`],
  ['network-timeout', `${WRAP}b'mount.nfs4: Connection timed out for 127.0.0.1:/ on /efs-vols/data'${END}32`],
  ['network-timeout', `${WRAP}b'mount.nfs4: mount system call failed for 127.0.0.1:/'${END}32`],
  ['network-timeout', `${WRAP}${RETRY}${RETRY.replace('1/3', '2/3')}b'mount.nfs4: Connection timed out'${STACK}`],
  ['network-timeout', `${WRAP}${RETRY}${RETRY.replace('1/3', '2/3')}`],
  ['network-timeout', `${WRAP}${RETRY}${RETRY.replace('1/3', '2/3')}${STACK.slice(0, 300)}`],
  [
    'network-timeout',
    `${WRAP}${RETRY.replace('15 sec', '40 sec')}${RETRY.replace('1/3', '2/3')}b'mount.nfs4: mount sys`,
  ],
  ['network-timeout', `${PLUGIN}mount.nfs4: Connection timed out`],
  ['network-timeout', `${PLUGIN}b'mount.nfs4: Connection timed out'`],
  [
    'network-timeout',
    `${NO_CONTACT}Connection to the mount target IP address 172.31.4.9 timeout. Please retry in 5 minutes if the mount target is newly created. Otherwise check your VPC and secur`,
  ],
  [
    'network-timeout',
    `${NO_CONTACT}Unknown error when connecting to mount target IP address 172.31.4.9, [Errno 101] Network is unreachable.`,
  ],
  [
    'network-timeout',
    `${NO_CONTACT}Unknown error when connecting to mount target IP address 172.31.4.9, [Errno 110] Connection timed out. Please check if the mount target ip address passed via mount option is correct.`,
  ],
  [
    'network-timeout',
    `Error response from daemon: create ecs-x-1-y-aa: Post "http://%2Frun%2Fdocker%2Fplugins%2Famazon-ecs-volume-plugin.sock/VolumeDriver.Create": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`,
  ],
  ['network-timeout', 'mount.nfs4: Connection timed out', EFS],
  ['network-timeout', 'mount.nfs: Connection timed out', { field: 'mountHelperStderr', launchType: 'EC2' }],
  ['network-timeout', 'Could not transition to creating volume; timed out after waiting 4m0s', EFS],
  [
    'network-timeout',
    'MountVolume.SetUp failed for volume "pv-a" : rpc error: code = Internal desc = Could not mount "fs-0abc1234def567890:/" at "/var/lib/kubelet/pods/1/volumes/kubernetes.io~csi/pv-a/mount": mount failed: exit status 32\nMounting command: mount\nMounting arguments: -t efs -o tls fs-0abc1234def567890:/ /var/lib/kubelet/pods/1/volumes/kubernetes.io~csi/pv-a/mount\nOutput: Could not start amazon-efs-mount-watchdog, unrecognized init system "aws-efs-csi-dri"\nmount.nfs4: Connection timed out',
  ],
  [
    'network-timeout',
    `(service shop) was unable to place a task. Reason: ${WRAP}b'mount.nfs4: Connection timed out'${END}32.`,
    { field: 'serviceEvent' },
  ],
  [
    'network-timeout',
    `Resource handler returned message: "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'. Reason: ${WRAP}b'mount.nfs4: Connection timed out'${END}32"`,
  ],
  ['dns-resolution', `${WRAP}${DNS}${END}1`],
  ['dns-resolution', `${WRAP}${LOOKUP}${NO_BOTOCORE}${END}1`],
  ['dns-resolution', `${WRAP}${LOOKUP}${NO_BOTOCORE}${STACK}: unsuccessful EFS utils c`],
  ['dns-resolution', `${WRAP}Failed to resolve "fs-0867a83d8ed398433.efs.`],
  ['dns-resolution', `${WRAP}Failed to resol`],
  ['dns-resolution', `${PLUGIN}${LOOKUP}${NO_BOTOCORE}`],
  [
    'dns-resolution',
    `${PLUGIN}b'mount.nfs4: Failed to resolve server fs-0abc1234def567890.efs.me-central-1.amazonaws.com: Temporary failure in name resolution'`,
  ],
  [
    'dns-resolution',
    `${LOOKUP}Fallback to mount target ip address feature is not available when the crossaccount option is used.`,
  ],
  ['dns-resolution', `${LOOKUP}Unauthorized to perform operation DescribeMountTargets.`],
  [
    'dns-resolution',
    `${LOOKUP}Could not connect to the endpoint when performing operation DescribeMountTargets, Could not connect to the endpoint URL: "https://elasticfilesystem.cn-north-1.amazonaws.com.cn/2015-02-01/mount-targets"`,
  ],
  ['dns-resolution', `${LOOKUP}The ec2 service cannot complete the request, Service is unavailable`],
  [
    'dns-resolution',
    `${LOOKUP}Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY when performing operation DescribeMountTargets, please confirm your aws credentials are properly configured.`,
  ],
  [
    'dns-resolution',
    `${LOOKUP}User: arn:aws-cn:sts::111122223333:assumed-role/node/i-0123 is not authorized to perform: elasticfilesystem:DescribeMountTargets on the specified resource because no identity-based policy allows the elasticfilesystem:DescribeMountTargets action`,
  ],
  ['dns-resolution', 'The specified domain name "storage.example.internal" did not resolve to an EFS mount target'],
  [
    'dns-resolution',
    'The hostname "us-east-1a.fs-01234567.efs.us-east-1.amazonaws.com" resolved by the specified domain name "data.example.com" does not match the az provided in the mount options, expected = us-east-1b, given = us-east-1a',
  ],
  [
    'dns-resolution',
    'Failed to resolve "use1-az4.fs-0abc1234def567890.efs.us-east-1.amazonaws.com" - check that your file system ID is correct, and ensure that the VPC has an EFS mount target for this file system ID.',
  ],
  [
    'dns-resolution',
    'botocore. Failed to import necessary dependency botocore, please install botocore first. : unsuccessful EFS utils command execution; code: 1',
  ],
  [
    'dns-resolution',
    'mount.nfs4: Failed to resolve server fs-01234567.efs.eu-isoe-west-1.cloud.adc-e.uk: Name or service not known',
  ],
  [
    'dns-resolution',
    `${WRAP}Failed to resolve “fs-0abc1234def567890.efs.ap-southeast-5.amazonaws.com” – check that your file system ID is correct${END}1`,
  ],
  [
    'dns-resolution',
    `${WRAP.toUpperCase()}FAILED TO RESOLVE "FS-01234567.EFS.EU-WEST-1.AMAZONAWS.COM" - CHECK THAT YOUR FILE SYSTEM ID IS CORRECT.`,
  ],
  [
    'no-mount-target-in-az',
    `${LOOKUP}No matching mount target in the az cn-north-1b. Please create one mount target in cn-north-1b, or try the mount target in another AZ by passing the availability zone name option. Available mount target(s) are in az ['cn-north-1a']`,
  ],
  [
    'no-mount-target-in-az',
    `${LOOKUP}Cannot find mount target for the file system fs-0abc1234def567890, please create a mount target in any availability zone..`,
  ],
  [
    'no-mount-target-in-az',
    `${LOOKUP}No matching az id for the az cn-north-1d. Please check the az option passed. Available mount target(s) are in az ['cn-north-1a']`,
  ],
  ['no-mount-target-in-az', `${WRAP}${LOOKUP}No matching mount targ`],
  [
    'no-mount-target-in-az',
    `${PLUGIN}Failed to resolve "fs-01234567.efs.sa-east-1.amazonaws.com". The file system mount target ip address cannot be found, please pass mount target ip address via mount options. Cannot find mount target for the file system fs-01234567, please create a mount target in sa-east-1c.`,
  ],
  [
    'mount-target-not-available',
    `${LOOKUP}Mount target in the availability zone cn-north-1a is deleting, please create a new one in cn-north-1a, or use the " "mount target in the other az by passing the availability zone name option. Available mount target(s) are in az ['cn-north-1b']`,
  ],
  [
    'mount-target-not-available',
    `${LOOKUP}Mount target in the availability zone cn-north-1a is deleted, please create a new one in cn-north-1a`,
  ],
  [
    'mount-target-not-available',
    `${LOOKUP}Mount target in the az cn-north-1a is updating, please retry in 5 minutes, or use the mount target in the other az`,
  ],
  ['mount-target-not-available', `${LOOKUP}Mount target in the az cn-north-1a is error, please retry in 5 minutes`],
  [
    'mount-target-not-available',
    `${WRAP}${LOOKUP}No mount target created for the file system fs-0abc1234def567890 is in avail`,
  ],
  ['file-system-not-found', `${PLUGIN}${LOOKUP}The file system fs-0abc1234def567890 is not found`],
  ['file-system-not-found', `${LOOKUP}The file system fs-0abc1234def567890 is not found`],
  ['access-point-not-found', "AccessPointNotFound: Access point 'fsap-0123456789abcdef0' does not exist."],
  ['access-denied-iam', `${WRAP}b'mount.nfs4: access denied by server while mounting 127.0.0.1:/'${END}32`],
  [
    'access-denied-iam',
    `${WRAP}b'mount.nfs4: access denied by server while mounting 127.0.0.1:/'${STACK}: unsuccessful EFS utils comma`,
  ],
  [
    'access-denied-iam',
    `${WRAP}Mount attempt 1/3 failed due to b'mount.nfs4: access denied by server while mounting 127.0.0.1:/\\n', wait 1 sec before next attempt. Mount attempt 2/3 failed due to b'mount.nfs4: access denied by server while mounting 127.0.0.1:/\\n', wait 2 sec before next attempt. b'mount.nfs4: access denied by server while mounting 127.0.0.1:/'${END}32`,
  ],
  [
    'access-denied-iam',
    `${WRAP}${RETRY}b'mount.nfs4: access denied by server while mounting fs-01234567.efs.us-east-2.amazonaws.com:/app'${END}32`,
  ],
  ['access-denied-iam', `${PLUGIN}mount.nfs4: access denied by server while mounting 127.0.0.1:/`],
  [
    'access-denied-iam',
    "VolumeDriver.Create: mounting volume failed: b'mount.nfs4: access denied by server while mounting 127.0.0.1:/'",
  ],
  [
    'access-denied-iam',
    "failed to invoke EFS utils commands to set up EFS volumes: stderr:\nb'mount.nfs4: access denied by server while mounting 127.0.0.1:/' :",
  ],
  ['access-denied-iam', "CLIENT_ERROR: mounting '127.0.0.1:/' failed. permission denied", EFS],
  ['access-denied-iam', 'mount.nfs4: access denied by server while mounting 127.0.0.1:/export', EFS],
  ['access-denied-iam', `${PLUGIN}The “tls” option is required when mounting via “iam”`],
  ['access-denied-iam', 'The "iam" option is required when mounting with named profile option, "awsprofile"'],
  ['access-denied-iam', `${WRAP}b'mount.nfs4: access denied by ser`],
  ['access-point-invalid-or-mismatch', `${WRAP}Access Point ID fsap-123 is malformed${END}1`],
  ['access-point-invalid-or-mismatch', `${PLUGIN}The \\"tls\\" option is required when mounting via \\"accesspoint\\"`],
  [
    'access-point-invalid-or-mismatch',
    `${WRAP}b'mount.nfs4: mounting fs-01234567.efs.eu-west-3.amazonaws.com:/fsap-0123456789abcdef0 failed, reason given by server: No such file or directory'${END}32`,
  ],
  [
    'root-directory-not-found',
    `${WRAP}mount.nfs4: mounting fs-e5645f66.efs.us-east-1.amazonaws.com:/opt/splunk failed, reason given by server: No such file or directory : unsuccessful EFS utils ...`,
  ],
  [
    'root-directory-not-found',
    `${WRAP}b'mount.nfs4: mounting 127.0.0.1:/srv/data failed, reason given by server: No such file or directory'${STACK}`,
  ],
  [
    'root-directory-not-found',
    `${WRAP}b'mount.nfs4: mounting fs-01234567.efs.eu-west-3.amazonaws.com:/a/very/long/path failed, reason given by ser`,
  ],
  [
    'root-directory-not-found',
    `${PLUGIN}mount.nfs4: mounting fs-01234567.efs.us-west-2.amazonaws.com:/www failed, reason given by server: No such file or directory`,
  ],
  [
    'root-directory-not-found',
    'Output: mount.nfs4: mounting fs-18xxxxxx.efs.us-east-1.amazonaws.com:/path-in-dir:/ failed, reason given by server: No such file or directory',
  ],
  [
    'root-directory-not-found',
    "b'mount.nfs4: mounting 127.0.0.1:/s3files/iam/tls failed, reason given by server: No such file or directory'",
  ],
  [
    'tls-tunnel-failed',
    `${WRAP}Failed to initialize TLS tunnel for fs-01234567, please check mount.log for the failure reason.${END}1`,
  ],
  [
    'tls-tunnel-failed',
    `${PLUGIN}Failed to initialize tunnel for fs-0abc1234def567890, please check mount.log for the failure reason.`,
  ],
  ['tls-tunnel-failed', `${PLUGIN}Failed to initialize TLS tunnel for fs-0abc1234def567890`],
  ['tls-tunnel-failed', 'Specified port [20100] is unavailable. Try selecting a different port.'],
  [
    'tls-tunnel-failed',
    'WARNING: Your client lacks sufficient controls to properly enforce TLS. Please upgrade stunnel, or disable "stunnel_check_cert_validity" in /etc/amazon/efs/efs-utils.conf.',
  ],
  ['tls-tunnel-failed', "Failed to create certificate signing request (csr), error is: b'unable to load config info'"],
  ['tls-tunnel-failed', "Failed to create public key, error is: b''"],
  ['tls-tunnel-failed', 'Public key file, /var/run/efs/fs-01234567.mnt.20049/publicKey.pem, is incorrectly formatted'],
  ['tls-tunnel-failed', 'Failed to find the EFS certificate authority file for verification'],
  [
    'tls-tunnel-failed',
    `${WRAP}b'mount.nfs4: Connection reset by peer' Failed to initialize tunnel for fs-01234567, please check mount.log${END}1`,
  ],
  ['connection-reset', `${WRAP}b'mount.nfs4: Connection reset by peer'${END}32`],
  [
    'connection-reset',
    `${WRAP}Mount attempt 1/3 failed due to b'mount.nfs4: Connection reset by peer\\n', wait 1 sec before next attempt. Mount attempt 2/3 failed due to b'mount.nfs4: Connection reset by peer\\n', wait 2 sec before next attempt. `,
  ],
  ['connection-reset', `${PLUGIN}mount.nfs4: Connection reset by peer`],
  ['connection-reset', `${PLUGIN}${RETRY}b'mount.nfs4: Connection reset by peer'`],
  ['connection-reset', 'mount.nfs4: Connection reset by peer', EFS],
  ['connection-refused', `${WRAP}b'mount.nfs4: Connection refused'${END}32`],
  [
    'connection-refused',
    `${PLUGIN}b'mount.nfs4: Connection refused for 127.0.0.1:/ on /var/lib/ecs/volumes/ecs-api-31-shared-d0c8f1a3b2e4f5a6b700'`,
  ],
  [
    'connection-refused',
    `${NO_CONTACT}Unknown error when connecting to mount target IP address 172.31.4.9, [Errno 111] Connection refused.`,
  ],
  [
    'helper-metadata',
    `${WRAP}Error retrieving region. Please set the "region" parameter in the efs-utils configuration file or specify it as a mount option.${END}1`,
  ],
  [
    'helper-metadata',
    `${PLUGIN}Unsuccessful retrieval of AWS security credentials at http://169.254.170.2/v3/credentials/0f0f0f0f-1111-2222-3333-444455556666.`,
  ],
  [
    'helper-metadata',
    'Unable to reach http://169.254.170.2/v2/credentials/0f0f0f0f to retrieve AWS security credentials. See https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html for more info.',
  ],
  [
    'helper-metadata',
    'AWS Access Key ID and Secret Access Key are not found in AWS credentials file (/home/app/.aws/credentials), config file (/home/app/.aws/config), from ECS credentials relative uri, or from the instance security credentials service',
  ],
  [
    'helper-metadata',
    'AWS security credentials not found in /home/app/.aws/credentials or /home/app/.aws/config under named profile [prod]',
  ],
  [
    'helper-metadata',
    'Unsuccessful retrieval of EC2 metadata at http://169.254.169.254/latest/dynamic/instance-identity/document/.',
  ],
  [
    'helper-metadata',
    'Unauthorized request to instance metadata url http://169.254.169.254/latest/dynamic/instance-identity/document/, IMDSv2 is enabled on the instance, while fetching ec2 metadata token is disabled.',
  ],
  ['helper-metadata', 'Error retrieving config. Please set the dns_name_suffix configuration in efs-utils.conf'],
  ['helper-metadata', `${PLUGIN}Error retrieving region`],
  [
    'posix-permission',
    'CannotCreateContainerError: Error response from daemon: failed to chmod on /var/lib/ecs/volumes/ecs-db-4-data-a0b1c2d3e4f5a6b7c800: chmod /var/lib/ecs/volumes/ecs-db-4-data-a0b1c2d3e4f5a6b7c800: operation not permitted',
    { field: 'containerReason', launchType: 'EC2' },
  ],
  [
    'posix-permission',
    'CannotCreateContainerError: Error response from daemon: failed to copy file info for /var/lib/ecs/volumes/ecs-a-1-b-c: failed to chown /var/lib/ecs/volumes/ecs-a-1-b-c: lchown /var/lib/ecs/volumes/ecs-a-1-b-c: operation not permitted',
  ],
  ['posix-permission', "mkdir: cannot create directory '/var/lib/postgresql/data/pgdata': Permission denied", LOG],
  ['posix-permission', "EACCES: permission denied, mkdir '/app/uploads/2024'", LOG],
  ['posix-permission', 'chown: /bitnami/wordpress: Operation not permitted', LOG],
  ['posix-permission', 'java.nio.file.AccessDeniedException: /data/index/node.lock', LOG],
  [
    'posix-permission',
    'initdb: error: could not change permissions of directory "/data/pg": Operation not permitted',
    LOG,
  ],
  [
    'posix-permission',
    'Traceback (most recent call last):\n  File "/app/main.py", line 3, in <module>\nPermissionError: [Errno 13] Permission denied: \'/mnt/shared/model.bin\'',
    LOG,
  ],
  ['posix-permission', "EACCES: permission denied, open '/mnt/efs/cache/a.json'", { field: 'appLog' }],
  [
    'volume-limit-or-throttle',
    `${WRAP}Failed to locate an available port in the range [20049, 21049], try specifying a different port range in /etc/amazon/efs/efs-utils.conf${END}1`,
  ],
  ['volume-limit-or-throttle', 'OSError: [Errno 122] Disk quota exceeded', LOG],
  ['volume-limit-or-throttle', 'nfs: server fs-01234567.efs.us-east-1.amazonaws.com not responding, still trying'],
  ['volume-limit-or-throttle', 'nfs: server 127.0.0.1 not responding, timed out', EFS],
  [
    'agent-capability',
    'Error response from daemon: create ecs-x-1-y-0a: error looking up volume plugin amazon-ecs-volume-plugin: legacy plugin: Post "http://%2Frun%2Fdocker%2Fplugins%2Famazon-ecs-volume-plugin.sock/Plugin.Activate": dial unix /run/docker/plugins/amazon-ecs-volume-plugin.sock: connect: connection refused',
  ],
  [
    'agent-capability',
    'Error response from daemon: create ecs-x-1-y-0a: Post http://%2Frun%2Fdocker%2Fplugins%2Famazon-ecs-volume-plugin.sock/VolumeDriver.Create: dial unix /run/docker/plugins/amazon-ecs-volume-plugin.sock: connect: no such file or directory',
  ],
  ['agent-capability', `${PLUGIN}mount: unknown filesystem type 'efs'`],
  ['agent-capability', "mount: /mnt/efs: unknown filesystem type 'efs'."],
  ['agent-capability', `${DAEMON}no volume driver found for type efs`],
  [
    'agent-capability',
    "VolumeDriver.Mount: Volume ecs-x-1-y-0a's driver type efs not supported: volume efs type not supported",
  ],
  [
    'agent-capability',
    'mount: wrong fs type, bad option, bad superblock on fs-01234567.efs.us-west-2.amazonaws.com:/, missing codepage or helper program, or other error',
  ],
  [
    'agent-capability',
    'Failed to locate stunnel in /sbin:/usr/sbin:/usr/local/sbin - Please install it following the instructions at: https://docs.aws.amazon.com/efs/latest/ug/using-amazon-efs-utils.html#upgrading-stunnel',
  ],
  [
    'agent-capability',
    'An error occurred (PlatformTaskDefinitionIncompatibilityException) when calling the RunTask operation: The specified platform does not satisfy the task definition’s required capabilities.',
  ],
  [
    'agent-capability',
    'service web was unable to place a task because no container instance met all of its requirements. The closest matching container-instance 0a1b is missing attribute "ecs.capability.efsAuth".',
    { field: 'serviceEvent' },
  ],
  [
    'dns-resolution',
    'Failed to resolve "fs-########.efs.us-east-1.amazonaws.com" - check that your file system ID is correct.',
  ],
  [
    'dns-resolution',
    '2025-06-02 05:53:46 UTC - WARNING - Get AZ via metadata service call failed, Cannot retrieve az from instance_metadata\n2025-06-02 05:53:47 UTC - ERROR - Failed to resolve "fs-XXX.efs.eu-west-1.amazonaws.com". The file system mount target ip address cannot be found, please pass mount target ip address via mount options. ',
  ],
  [
    'dns-resolution',
    '[Instance: i-0] Command failed on instance. mount -t efs -o tls fs-d9****:/ /efs Failed to resolve "fs-d9****.efs.us-east-1.amazonaws.com" - check that your file system ID is correct. See https://docs.aws.amazon.com/console/efs/mount-dns-name for more detail. ERROR: Mount command failed!',
  ],
  [
    'dns-resolution',
    'See https://docs.aws.amazon.com/console/efs/mount-dns-name for more detail. Attempting to lookup mount target ip address using botocore.',
  ],
  [
    'access-denied-iam',
    '2022-05-02 09:48:59 CEST - ERROR - Failed to mount fs-079584105417exxxx.efs.eu-south-1.amazonaws.com at /var/x: returncode=32, stderr="b\'mount.nfs4: access denied by server while mounting 127.0.0.1:/\'"',
  ],
  ['access-denied-iam', 'mount.nfs4: access denied by server while mounting 127.0.0.1:myapp/files', EFS],
  [
    'tls-tunnel-failed',
    '2020-06-04 02:11:14,560 - ERROR - Failed to start TLS tunnel (errno=1). stdout="b\'\'" stderr="b\'[ ] Clients allowed=500 [!] realpath: No such file or directory (2)\'"',
  ],
  [
    'network-timeout',
    '2024-01-02 03:04:05 UTC - ERROR - Mounting fs-01234567.efs.us-east-1.amazonaws.com to /mnt failed due to timeout after 15 sec, mount attempt 1/3, wait 0 sec before next attempt.',
  ],
  [
    'agent-capability',
    "docker: Error response from daemon: error while mounting volume '/var/lib/docker/volumes/myefs/_data': failed to mount local volume: mount fs-12345678:/:/var/lib/docker/volumes/myefs/_data, data: tls: no such device.",
  ],
  ['agent-capability', 'mount: /home/ubuntu/efs: special device fs-FS_ID:/ does not exist.'],
  [
    'posix-permission',
    'rsync: [receiver] chown "/var/www/html/3rdparty/aws/x.json.php.OCBd81" failed: Operation not permitted (1)',
    LOG,
  ],
  ['posix-permission', 'chown: changing ownership of ‘/bitnami/magento/’: Operation not permitted', LOG],
  [
    'mount-unknown',
    'MountVolume.SetUp failed for volume "p" : rpc error: code = Internal desc = Could not mount "" at "/var/lib/kubelet/x": mount failed: exit status 1\nMounting command: mount\nMounting arguments: -t efs /var/lib/kubelet/x\nOutput: mount: /var/lib/kubelet/x: can\'t find in /etc/fstab.',
  ],
  [
    'mount-unknown',
    'Traceback (most recent call last):\n  File "/sbin/mount.efs", line 694, in <module>\n    main()\nOSError: [Errno 2] No such file or directory',
  ],
  ['mount-unknown', 'Invalid file system name: fs-******.efs.*****.amazonaws.com:/'],
  ['mount-unknown', "b'mount.nfs4: mount point efs does not exist'"],
  [
    'access-denied-iam',
    `${WRAP}b'mount.nfs4: access denied by server while mounting 127.0.0.1:/'${STACK} ConnectionRefusedError: [Errno 111] Connection refused`,
  ],
  ['mount-unknown', `${WRAP}`],
  ['mount-unknown', 'ResourceInitializationError: failed to invoke EFS util'],
  ['mount-unknown', ': unsuccessful EFS utils command execution; code: 32'],
  ['mount-unknown', `${WRAP}b'mount.nfs4: an incorrect mount option was specified'${END}32`],
  ['mount-unknown', `${WRAP}b'mount.nfs4: Protocol not supported'${END}32`],
  ['mount-unknown', `${WRAP}b'mount.nfs4: Remote I/O error'${END}32`],
  ['mount-unknown', `${PLUGIN}exit status 32`],
  ['mount-unknown', `${DAEMON}cannot create mount point: mkdir /var/lib/ecs/volumes/ecs-x: permission denied`],
  ['mount-unknown', `${WRAP}Unsupported mount options detected: "capath"${END}1`],
  [
    'mount-unknown',
    'Failed to mount fs-01234567 because the network was not yet available, add "_netdev" to your mount options',
  ],
  ['mount-unknown', `${PLUGIN}mount.nfs4: mount point /var/lib/ecs/volumes/x does not exist`],
  ['mount-unknown', `${WRAP}${RETRY}${RETRY.replace('1/3', '2/3')}b'mount.nfs4: Stale file handle'${END}32`],
  ['mount-unknown', "VolumeError: Agent could not create task's volume resources", EFS],
  ['mount-unknown', 'Exit status 1', { volumes: ['efs'], stopCode: 'TaskFailedToStart' }],
];
