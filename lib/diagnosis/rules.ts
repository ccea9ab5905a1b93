import type { FailureKind } from './failure-kinds.ts';
import type { Rule } from './rule.ts';
import { judgeAccessPoint, judgeAccessPointDirectory } from './rules/access-point.ts';
import { judgeAgent } from './rules/agent.ts';
import { judgeApplicationLog } from './rules/application-log.ts';
import { judgeCopyUp } from './rules/copy-up.ts';
import { judgeCredits } from './rules/credits.ts';
import { judgeFileSystem } from './rules/file-system.ts';
import { judgeGrant, judgeRoot, judgeWrite } from './rules/grant.ts';
import { judgeHost } from './rules/host.ts';
import { judgeIamAuthorization } from './rules/iam-authorization.ts';
import { judgeMountTargetPlace } from './rules/mount-target-place.ts';
import { judgeMountTargetState } from './rules/mount-target-state.ts';
import { judgeAcls } from './rules/network-acl.ts';
import { judgePlatform } from './rules/platform.ts';
import { judgePosix } from './rules/posix.ts';
import { judgePosixUser } from './rules/posix-user.ts';
import { judgeProxy } from './rules/proxy.ts';
import { judgeRootDirectory } from './rules/root-directory.ts';
import { judgeRuleQuota } from './rules/rule-quota.ts';
import { judgeEgress, judgeIngress } from './rules/security-groups.ts';
import { judgeTaskRole } from './rules/task-role.ts';
import { judgeTransitEncryption } from './rules/transit-encryption.ts';
import { judgeDns } from './rules/vpc-dns.ts';

const BLOCKED: readonly FailureKind[] = ['network-timeout', 'connection-reset', 'tls-tunnel-failed'];
const UNRESOLVED: readonly FailureKind[] = ['dns-resolution', 'no-mount-target-in-az', 'connection-reset'];
const NO_SUCH_POINT: readonly FailureKind[] = [
  'access-denied-iam',
  'access-point-not-found',
  'access-point-invalid-or-mismatch',
];
const REFUSED: readonly FailureKind[] = ['posix-permission'];

/** In the order in which a mount meets what they look at. */
export const RULES: readonly Rule[] = [
  { title: 'kind of host', judge: judgeHost, explains: ['agent-capability'] },
  { title: 'Fargate platform version', judge: judgePlatform, explains: ['agent-capability'] },
  { title: 'ECS agent', judge: judgeAgent, explains: ['agent-capability', 'tls-tunnel-failed'] },
  { title: 'file system', judge: judgeFileSystem, explains: [...UNRESOLVED, 'file-system-not-found'] },
  { title: 'mount target in each zone', judge: judgeMountTargetPlace, explains: UNRESOLVED, needsLaunch: true },
  {
    title: 'state of the mount targets',
    judge: judgeMountTargetState,
    explains: ['mount-target-not-available', ...UNRESOLVED, ...BLOCKED],
    needsLaunch: true,
  },
  { title: 'VPC DNS', judge: judgeDns, explains: ['dns-resolution'], needsLaunch: true },
  { title: "egress of the task's security groups", judge: judgeEgress, explains: BLOCKED, needsLaunch: true },
  { title: "ingress of the mount target's security groups", judge: judgeIngress, explains: BLOCKED, needsLaunch: true },
  { title: 'network ACLs', judge: judgeAcls, explains: BLOCKED, needsLaunch: true },
  { title: 'proxy of the task', judge: judgeProxy, explains: ['connection-refused'] },
  {
    title: 'transit encryption',
    judge: judgeTransitEncryption,
    explains: ['access-denied-iam', 'access-point-invalid-or-mismatch'],
  },
  { title: 'IAM authorization', judge: judgeIamAuthorization, explains: ['access-denied-iam'] },
  { title: 'task role', judge: judgeTaskRole, explains: ['access-denied-iam', 'helper-metadata'] },
  {
    title: 'root directory',
    judge: judgeRootDirectory,
    explains: ['access-point-invalid-or-mismatch', 'root-directory-not-found', 'access-denied-iam'],
  },
  { title: 'access point', judge: judgeAccessPoint, explains: NO_SUCH_POINT },
  { title: 'grant and policies', judge: judgeGrant, explains: ['access-denied-iam'] },
  {
    title: 'directory of the access point',
    judge: judgeAccessPointDirectory,
    explains: ['access-denied-iam', 'root-directory-not-found'],
  },
  { title: 'right to write', judge: judgeWrite, explains: REFUSED },
  { title: 'root access', judge: judgeRoot, explains: REFUSED },
  { title: "Docker's copy of the image directory", judge: judgeCopyUp, explains: REFUSED },
  { title: 'POSIX identity', judge: judgePosix, explains: REFUSED },
  { title: 'container user', judge: judgePosixUser, explains: REFUSED },
  { title: 'application log', judge: judgeApplicationLog, explains: REFUSED },
  {
    title: 'burst credits',
    judge: judgeCredits,
    explains: ['network-timeout', 'volume-limit-or-throttle', 'connection-reset'],
  },
  { title: 'quota of rules', judge: judgeRuleQuota, explains: [] },
];
