import type { ClientPrincipal, ClientRequest } from './types.ts';

export type ContextValue =
  | { readonly state: 'present'; readonly values: readonly string[] }
  | { readonly state: 'absent' }
  | { readonly state: 'unknown'; readonly why: string };

/** What the request carries under a condition key; key names are not case-sensitive. */
export type ContextLookup = (key: string) => ContextValue;

const absent: ContextValue = { state: 'absent' };
type Known = Readonly<Record<string, ContextValue>>;

/** The keys of the EFS user guide, "EFS condition keys for clients"; all others are "not enforced" there. */
export function enforcedContext(request: ClientRequest): ContextLookup {
  const known = enforcedKeys(request);
  return (key) =>
    known[key.toLowerCase()] ?? {
      state: 'unknown',
      why: `${key} is not one of the condition keys that EFS enforces for NFS clients`,
    };
}

/** As if EFS enforced every key: what is known of the role, the file system and the mount. */
export function everyKeyContext(request: ClientRequest): ContextLookup {
  const known: Known = { ...principalKeys(request.principal), ...resourceKeys(request), ...enforcedKeys(request) };
  const tags: readonly (readonly [string, Readonly<Record<string, string>> | undefined])[] = [
    ['aws:principaltag/', request.principal.kind === 'role' ? request.principal.tags : {}],
    ['aws:resourcetag/', request.fileSystemTags],
  ];
  return (key) => {
    const lower = key.toLowerCase();
    const [prefix, values] = tags.find(([each]) => lower.startsWith(each)) ?? [];
    if (prefix !== undefined && values !== undefined) return tagValue(values, lower.slice(prefix.length));
    return known[lower] ?? { state: 'unknown', why: `the value of ${key} is not known` };
  };
}

function tagValue(tags: Readonly<Record<string, string>>, lowerKey: string): ContextValue {
  const found = Object.entries(tags).find(([key]) => key.toLowerCase() === lowerKey);
  return found === undefined ? absent : present(found[1]);
}

function enforcedKeys(request: ClientRequest): Known {
  return {
    'aws:securetransport': present(String(request.secureTransport)),
    'elasticfilesystem:accessedviamounttarget': present(String(request.viaMountTarget ?? true)),
    'elasticfilesystem:accesspointarn': request.accessPointArn === undefined ? absent : present(request.accessPointArn),
    'aws:sourceip':
      request.sourceIp === undefined
        ? { state: 'unknown', why: 'the address that EFS sees (aws:SourceIp) is not known' }
        : present(request.sourceIp),
  };
}

function principalKeys(principal: ClientPrincipal): Known {
  const no = present('false');
  if (principal.kind === 'anonymous') {
    return {
      'aws:principaltype': present('Anonymous'),
      'aws:userid': present('anonymous'),
      'aws:principalarn': absent,
      'aws:principalaccount': absent,
      'aws:username': absent,
    };
  }
  const { roleId, sessionName } = principal;
  const userId = roleId && sessionName ? { 'aws:userid': present(`${roleId}:${sessionName}`) } : {};
  return {
    'aws:principaltype': present('AssumedRole'),
    'aws:principalarn': present(principal.arn),
    'aws:principalaccount': present(accountOf(principal.arn)),
    'aws:principalisawsservice': no,
    'aws:viaawsservice': no,
    'aws:username': absent,
    ...userId,
  };
}

function resourceKeys({ fileSystemArn }: ClientRequest): Known {
  return {
    'aws:resourceaccount': present(accountOf(fileSystemArn)),
    'aws:requestedregion': present(fileSystemArn.split(':')[3] ?? ''),
  };
}

function present(value: string): ContextValue {
  return { state: 'present', values: [value] };
}

export function accountOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}
