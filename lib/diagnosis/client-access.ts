import type { Fact } from '../domain/fact.ts';
import type { NamedPolicy, Role, RolePolicies } from '../domain/iam.ts';
import type { MountFacts, VolumeFacts } from './mount-facts.ts';
import { evaluateClientAccess } from './policy/evaluate.ts';
import type { ClientAccess, ClientAccessInput, ClientPrincipal, PolicyReading } from './policy/types.ts';

/** The part of the facts that says who mounts. */
export type Mounter = Pick<MountFacts, 'task' | 'roleArn' | 'role' | 'rolePolicies'>;

/** Whose rights are asked for: nobody's in particular, or a role's with its policies as they were read. */
export type Client =
  | 'anonymous'
  | { readonly arn: string; readonly role?: Fact<Role>; readonly policies?: Fact<RolePolicies> };

export interface Asking {
  readonly client: Client;
  readonly secureTransport: boolean;
}

/** What a client may do through this volume; undefined where file system or access point are not there to be asked about. */
export function accessOf(facts: Mounter, volume: VolumeFacts, asking: Asking): ClientAccess | undefined {
  const { fileSystem, accessPoint } = volume;
  if (fileSystem.state !== 'present' || (accessPoint && accessPoint.state !== 'present')) return undefined;
  const { client, secureTransport } = asking;
  return evaluateClientAccess({
    request: {
      fileSystemArn: fileSystem.value.arn,
      fileSystemTags: fileSystem.value.tags,
      principal: principalOf(client, sessionOf(facts)),
      secureTransport,
      ...(accessPoint && { accessPointArn: accessPoint.value.arn }),
    },
    ...(client === 'anonymous' ? { identity: [] } : readingsOf(client.policies)),
    fileSystemPolicy: filePolicyReading(volume.filePolicy),
  });
}

/** The client that the task definition asks for; undefined where it asks for a role and there is none. */
export function clientOf(facts: Mounter, { efs }: VolumeFacts): Client | undefined {
  if (!efs.iam) return 'anonymous';
  const { roleArn, role, rolePolicies } = facts;
  if (roleArn === undefined || role?.state === 'absent') return undefined;
  return { arn: roleArn, ...(role && { role }), ...(rolePolicies && { policies: rolePolicies }) };
}

/** ECS names the session of a task role after the task. */
function sessionOf({ task }: Mounter): string | undefined {
  return task?.arn.split('/').at(-1);
}

function principalOf(client: Client, sessionName: string | undefined): ClientPrincipal {
  if (client === 'anonymous') return { kind: 'anonymous' };
  const { role, arn } = client;
  return {
    kind: 'role',
    arn,
    ...(role?.state === 'present' && { roleId: role.value.id, tags: role.value.tags }),
    ...(sessionName && { sessionName }),
  };
}

function readingsOf(policies: Fact<RolePolicies> | undefined): Pick<ClientAccessInput, 'identity' | 'boundary'> {
  if (policies?.state === 'absent') return { identity: [] };
  if (policies?.state !== 'present') {
    return { identity: [{ state: 'unknown', name: 'policies of the role', why: policies?.why ?? 'not read' }] };
  }
  const { inline, attached, boundary } = policies.value;
  const limit = documentReading('permissions boundary', boundary);
  return {
    identity: [...listReadings('inline policies', inline), ...listReadings('attached policies', attached)],
    ...(limit && { boundary: limit }),
  };
}

function listReadings(name: string, policies: Fact<readonly NamedPolicy[]>): readonly PolicyReading[] {
  if (policies.state === 'absent') return [];
  if (policies.state === 'unknown') return [{ state: 'unknown', name, why: policies.why }];
  return policies.value.flatMap((policy) => documentReading(policy.name, policy.document) ?? []);
}

function documentReading(name: string, document: Fact<string>): PolicyReading | undefined {
  switch (document.state) {
    case 'absent':
      return undefined;
    case 'unknown':
      return { state: 'unknown', name, why: document.why };
    case 'present':
      return { state: 'present', name, document: document.value };
  }
}

export function filePolicyReading(policy: Fact<string>): ClientAccessInput['fileSystemPolicy'] {
  return documentReading('file-system policy', policy) ?? { state: 'absent' };
}
