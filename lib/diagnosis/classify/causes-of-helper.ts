import { anyOf, type CauseRule } from './cause-rule.ts';

/**
 * What only the EFS mount helper (1.0 to 3.2), the ECS volume plugin and ECS say. `…` is a gap.
 * The wordings were read in github.com/aws/efs-utils and github.com/aws/amazon-ecs-agent (ecs-init/volumes).
 */
export const HELPER_CAUSES: readonly CauseRule[] = [
  {
    ...{ kind: 'no-mount-target-in-az', speaker: 'own', why: 'the helper asked EFS and found no target in the zone' },
    pattern: anyOf(`no matching mount target in the az | cannot find mount target for the file system
      | no matching az id for the az`),
  },
  {
    ...{ kind: 'mount-target-not-available', speaker: 'own', why: 'a target exists, in another state than available' },
    pattern: anyOf(`no mount target created for the file system | is in available state yet
      | mount target in the az…is creating | mount target in the az…is updating | mount target in the az…is error
      | mount target in the availability zone…is delet | mount target in the availability zone…is creating
      | unknown mount target state`),
  },
  {
    ...{ kind: 'file-system-not-found', speaker: 'own', why: 'EFS does not know the id in this account and Region' },
    pattern: anyOf(`the file system fs-…is not found | filesystemnotfound…describemounttargets`),
  },
  {
    ...{ kind: 'access-point-not-found', speaker: 'own', why: 'EFS does not know the access point' },
    pattern: anyOf(`accesspointnotfound | access point fsap-…does not exist | access point fsap-…not found`),
  },
  {
    kind: 'access-point-invalid-or-mismatch',
    ...{ speaker: 'own', why: 'the mount options contradict the access point' },
    pattern: anyOf(`access point id…is malformed | tls option is required when mounting via accesspoint`),
  },
  {
    ...{ kind: 'access-denied-iam', speaker: 'own', why: 'IAM is asked for in a way that cannot work, or refused' },
    pattern: anyOf(`tls option is required when mounting via iam | iam option is required when mounting with
      | is not authorized to perform: elasticfilesystem:client | efs iam authorization requires a task role`),
  },
  {
    ...{ kind: 'network-timeout', speaker: 'own', why: 'the helper found an address that does not answer' },
    pattern: anyOf(`cannot connect to file system mount target ip address
      | connection to the mount target ip address…timeout
      | when connecting to mount target ip address…no route to host
      | when connecting to mount target ip address…timed out
      | when connecting to mount target ip address…unreachable
      | unknown error when connecting to mount target ip address | failed due to timeout after…mount attempt`),
  },
  {
    ...{ kind: 'connection-refused', speaker: 'own', why: 'something at the address refused at once' },
    pattern: anyOf(`when connecting to mount target ip address…connection refused`),
  },
  {
    ...{ kind: 'connection-reset', speaker: 'own', why: 'something at the address hung up' },
    pattern: anyOf(`when connecting to mount target ip address…connection reset`),
  },
  {
    ...{ kind: 'agent-capability', speaker: 'own', why: 'the volume plugin is missing, stopped or too old' },
    pattern: anyOf(`plugin amazon-ecs-volume-plugin…not found | looking up volume plugin amazon-ecs-volume-plugin
      | amazon-ecs-volume-plugin.sock: connect: | amazon-ecs-volume-plugin.sock…connection refused
      | amazon-ecs-volume-plugin.sock…no such file or directory | amazon-ecs-volume-plugin.sock…eof
      | type efs not supported | volume efs type not supported | volume driver found for type efs
      | of type efs is unsupported`),
  },
  {
    ...{ kind: 'network-timeout', speaker: 'own', why: 'the plugin hangs in a mount that gets no answer' },
    pattern: anyOf(`amazon-ecs-volume-plugin.sock…deadline exceeded | amazon-ecs-volume-plugin.sock…request canceled
      | amazon-ecs-volume-plugin.sock…timeout`),
  },
  {
    ...{ kind: 'agent-capability', speaker: 'own', why: 'the host or platform lacks what an EFS mount needs' },
    pattern: anyOf(`unknown filesystem type efs | mount.efs: command not found | mount.efs: not found
      | failed to locate stunnel | failed to locate efs-proxy | efs-proxy binary is packaged with efs-utils
      | ecs.capability.efs | platformtaskdefinitionincompatibility
      | does not satisfy the task definition's required capabilities | efs volumes…require platform version
      | efs volumes are not supported | efsvolumeconfiguration…not supported | name efs.csi.aws.com not found
      | do not support efs on macos`),
  },
  {
    ...{ kind: 'tls-tunnel-failed', speaker: 'own', why: 'the tunnel or its certificates failed before NFS was tried' },
    pattern: anyOf(`failed to initialize tunnel for fs- | failed to initialize tls tunnel for
      | failed to start tls tunnel (errno | failed to start tunnel (errno
      | failed to find certificate authority file for verification | failed to find the efs certificate authority file
      | failed to find the efs cafile | client lacks sufficient controls to properly enforce tls
      | failed to create self-signed client-side certificate | failed to create certificate signing request (csr)
      | failed to create private key, error is | failed to create public key, error is
      | public key file…is incorrectly formatted
      | specified port […] is unavailable. try selecting a different port | ocsp is not supported by efs-proxy`),
  },
  {
    ...{ kind: 'volume-limit-or-throttle', speaker: 'own', why: 'all local ports for tunnels are taken' },
    pattern: anyOf(`failed to locate an available port in the range`),
  },
  {
    ...{ kind: 'helper-metadata', speaker: 'own', why: 'the helper could not learn Region, zone or credentials' },
    pattern: anyOf(`error retrieving region. please set | invalid region mount option specified
      | cannot retrieve az-id from | cannot retrieve az from instance_metadata
      | cannot retrieve region from instance_metadata | region not found in dns_name_format
      | error retrieving az id. this needs | error retrieving config. please set the
      | unsuccessful retrieval of aws security credentials | unsuccessful retrieval of ec2 metadata
      | unsuccessful retrieval of metadata at | unsuccessful retrieval of iam role name
      | unable to reach…to retrieve aws security credentials | unable to reach…to retrieve ec2 instance metadata
      | unable to reach…to retrieve instance metadata | unable to reach…to retrieve iam role name
      | unable to retrieve aws ec2 metadata token | unable to reach instance metadata service at
      | unable to reach container credentials uri at | unauthorized request to instance metadata url
      | access key id and secret access key are not found in aws credentials file
      | aws security credentials not found in…under named profile
      | aws security credentials not found via assuming named profile
      | access_key_id or aws_secret_access_key not found in…under named profile
      | error reading aws container auth token | aws container auth token contains invalid characters
      | to assume this profile, please install botocore first | awscredsuri…is malformed
      | please add the [profile…section in the aws config file`),
  },
  {
    ...{ kind: 'dns-resolution', speaker: 'own', why: 'the name of the file system has no address here' },
    pattern: anyOf(`failed to resolve…efs mount target for this file system id
      | failed to resolve…check that your file system id is correct
      | check that your file system id is correct | efs mount target for this file system id
      | file system mount target ip address cannot be found | cname record resolving to a valid efs dns
      | did not resolve to a valid dns name for an efs mount target | did not resolve to an efs mount target
      | does not match the az provided in the mount options | fallback to mount target ip address feature is not`),
  },
  {
    ...{ kind: 'mount-unknown', speaker: 'own', why: 'an EFS mount failed for a reason that no kind covers' },
    pattern: anyOf(`because the network was not yet available, add
      | cannot create mount point:…/var/lib/ecs/volumes
      | unsupported mount options detected: | mounttargetip option is incompatible with crossaccount
      | tls options are mutually exclusive | notls options are mutually exclusive
      | noocsp options are mutually exclusive | awsprofile options are mutually exclusive
      | invalid file system name: fs- | tlsport option […is not an integer | port_range_upper_bound defined as`),
  },
];
