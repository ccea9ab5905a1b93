import type { SimRole } from '../iam-state.ts';
import type { RequestContext } from './condition.ts';
import { type AccessQuestion, identityVerdict, type Principal, resourceVerdict, type Verdict } from './policy.ts';
import type { ClientPermissions, MountRequest, MountWorld } from './request.ts';

/**
 * What the server lets this client do. Without a file-system policy that is everything, whatever the role says
 * (EFS user guide, "Using IAM to control file system data access").
 */
export function clientPermissions(world: MountWorld, request: MountRequest): ClientPermissions {
  const policy = world.state.efs.policies[request.volume.fileSystemId];
  if (policy === undefined) return { mount: true, write: true, root: true };
  const allowed = (action: string) => isAllowed(world, request, { action, policy });
  return { mount: allowed('ClientMount'), write: allowed('ClientWrite'), root: allowed('ClientRootAccess') };
}

function isAllowed(
  world: MountWorld,
  request: MountRequest,
  { action, policy }: { readonly action: string; readonly policy: string },
): boolean {
  const role = request.volume.iam ? roleOf(world, request.taskRoleArn) : undefined;
  const question: AccessQuestion = {
    action: `elasticfilesystem:${action}`,
    resource: arn(world, `file-system/${request.volume.fileSystemId}`),
    context: contextOf(world, request),
    ...(role && { principal: principalOf(world, role, request.sessionName) }),
  };
  const verdicts = [resourceVerdict(policy, question), role ? roleVerdict(world, role, question) : 'silent'];
  return !verdicts.includes('deny') && verdicts.includes('allow');
}

function contextOf(world: MountWorld, { volume }: MountRequest): RequestContext {
  return {
    'aws:securetransport': String(volume.tls),
    'elasticfilesystem:accessedviamounttarget': 'true',
    ...(volume.accessPointId && {
      'elasticfilesystem:accesspointarn': arn(world, `access-point/${volume.accessPointId}`),
    }),
  };
}

function arn(world: MountWorld, resource: string): string {
  return `arn:aws:elasticfilesystem:${world.region}:${world.accountId}:${resource}`;
}

export function roleOf(world: MountWorld, roleArn: string | undefined): SimRole | undefined {
  return Object.values(world.state.iam.roles).find((role) => role.arn === roleArn);
}

function principalOf(world: MountWorld, role: SimRole, sessionName: string): Principal {
  return { roleArn: role.arn, roleId: role.id, accountId: world.accountId, sessionName };
}

function roleVerdict(world: MountWorld, role: SimRole, question: AccessQuestion): Verdict {
  const verdicts = documentsInForce(world, role).map((document) => identityVerdict(document, question));
  if (verdicts.includes('deny')) return 'deny';
  const boundary = boundaryVerdict(world, role, question);
  if (boundary === 'deny') return 'deny';
  return verdicts.includes('allow') && boundary === 'allow' ? 'allow' : 'silent';
}

function boundaryVerdict(world: MountWorld, role: SimRole, question: AccessQuestion): Verdict {
  if (role.permissionsBoundaryArn === undefined) return 'allow';
  return identityVerdict(managedDocument(world, role.permissionsBoundaryArn), question);
}

/** Only what has spread counts, and what was taken away counts until that has spread. */
function documentsInForce({ nowMs, ...world }: MountWorld, role: SimRole): readonly string[] {
  const inline = Object.values(role.inlinePolicies).filter((policy) => policy.effectiveFromMs <= nowMs);
  const lingering = role.lingering.filter(
    (policy) => policy.effectiveFromMs <= nowMs && nowMs < policy.effectiveUntilMs,
  );
  const attached = Object.entries(role.attachedPolicies).filter(([, { effectiveFromMs }]) => effectiveFromMs <= nowMs);
  return [
    ...[...inline, ...lingering].map(({ document }) => document),
    ...attached.map(([policyArn]) => managedDocument({ ...world, nowMs }, policyArn)),
  ];
}

function managedDocument(world: MountWorld, policyArn: string): string {
  const policy = world.state.iam.policies[policyArn];
  return policy?.versions[policy.defaultVersionId] ?? '';
}
