import { evaluateClientAccess } from './evaluate.ts';
import { accountOf } from './request-context.ts';
import {
  type ClientAccess,
  type ClientAccessInput,
  type ClientAction,
  type ClientPrincipal,
  clientActions,
  type NotChecked,
  type PolicyReading,
  type StatementRef,
} from './types.ts';

export type Effectiveness =
  | { readonly effective: 'yes'; readonly reason: 'enforced'; readonly says: string }
  | {
      readonly effective: 'no';
      readonly reason: 'no-policy' | 'open-to-anonymous' | 'open-to-every-role';
      readonly says: string;
      /** What anybody may do without the grant. */
      readonly actions: readonly ClientAction[];
      readonly by: readonly StatementRef[];
    }
  | {
      readonly effective: 'unknown';
      readonly reason: 'not-checked';
      readonly says: string;
      readonly notChecked: readonly NotChecked[];
    };

export interface EffectivenessInput {
  readonly fileSystemArn: string;
  readonly accessPointArn?: string;
  readonly fileSystemPolicy: ClientAccessInput['fileSystemPolicy'];
}

const says = {
  'no-policy':
    'No file-system policy is set, so EFS asks nobody for a grant: whoever reaches a mount target on port 2049 can read, write and act as root on the whole file system.',
  'open-to-anonymous':
    'The file-system policy lets clients in that do not use IAM at all, so the grant on the task role protects nothing.',
  'open-to-every-role':
    'The file-system policy lets every role of the account in, so the grant on the task role protects nothing.',
  enforced: 'The file-system policy lets nobody in without a grant.',
  'not-checked': 'Whether the grant protects anything could not be told from the file-system policy.',
} as const;

/** Whether a grant on a task role means anything: would EFS turn away a client that has none? */
export function grantIsEffective(input: EffectivenessInput): Effectiveness {
  if (input.fileSystemPolicy.state === 'absent') return open('no-policy', { actions: clientActions, by: [] });
  const anonymous = strangersAccess({ kind: 'anonymous' }, input);
  const openToAnonymous = allowedIn(anonymous);
  if (openToAnonymous.actions.length > 0) return open('open-to-anonymous', openToAnonymous);
  const strange = strangersAccess(strangerIn(input.fileSystemArn), input);
  const openToRoles = allowedIn(strange);
  if (openToRoles.actions.length > 0) return open('open-to-every-role', openToRoles);
  const decisions = [...anonymous, ...strange].flatMap((each) => Object.values(each));
  const doubtful = decisions.filter((each) => each.decision === 'unknown').flatMap((each) => each.notChecked);
  if (doubtful.length === 0) return { effective: 'yes', reason: 'enforced', says: says.enforced };
  return { effective: 'unknown', reason: 'not-checked', says: says['not-checked'], notChecked: distinct(doubtful) };
}

type Openness = keyof typeof says & ('no-policy' | 'open-to-anonymous' | 'open-to-every-role');

function open(
  reason: Openness,
  found: { readonly actions: readonly ClientAction[]; readonly by: readonly StatementRef[] },
) {
  return { effective: 'no', reason, says: says[reason], ...found } as const;
}

/** Without an access point the whole file system is at stake, with it the directory of the grant. */
function strangersAccess(principal: ClientPrincipal, input: EffectivenessInput): readonly ClientAccess[] {
  const { fileSystemArn, accessPointArn, fileSystemPolicy } = input;
  const ways = accessPointArn === undefined ? [{}] : [{}, { accessPointArn }];
  return ways.map((way) =>
    evaluateClientAccess({
      request: { fileSystemArn, principal, secureTransport: true, ...way },
      identity: [],
      fileSystemPolicy,
    }),
  );
}

function strangerIn(fileSystemArn: string): ClientPrincipal {
  const [, partition] = fileSystemArn.split(':');
  const arn = `arn:${partition}:iam::${accountOf(fileSystemArn)}:role/a-role-without-any-policy`;
  return { kind: 'role', arn, sessionName: 'somebody' };
}

function allowedIn(accesses: readonly ClientAccess[]) {
  const allowed = clientActions.filter((action) => accesses.some((each) => each[action].decision === 'allowed'));
  const by = accesses.flatMap((each) => allowed.flatMap((action) => each[action].by));
  return { actions: allowed, by: distinct(by) };
}

export interface BypassInput extends Pick<ClientAccessInput, 'identity' | 'boundary'> {
  readonly fileSystemArn: string;
  readonly accessPointArn: string;
  readonly role: ClientPrincipal & { readonly kind: 'role' };
}

/**
 * The statements on the role itself that reach past the access point, as `AmazonElasticFileSystemClient…` policies do: they
 * let the role mount without an access point, or through any other one.
 */
export function grantIsBypassedBy(input: BypassInput): readonly StatementRef[] {
  const { fileSystemArn, role, identity, boundary } = input;
  const another = input.accessPointArn.replace(/fsap-[0-9a-f]+$/, (id) => `fsap-${otherDigits(id.slice(5))}`);
  const ways = [{}, { accessPointArn: another }];
  const accesses = ways.map((way) =>
    evaluateClientAccess({
      request: { fileSystemArn, principal: role, secureTransport: true, ...way },
      identity,
      ...(boundary !== undefined && { boundary }),
      fileSystemPolicy: closed,
    }),
  );
  return allowedIn(accesses).by;
}

/** Lets nobody in, so that what is allowed is allowed by the role's own policies. */
const closed = {
  state: 'present',
  name: 'nobody',
  document: {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 'elasticfilesystem:Describe*', Resource: '*' }],
  },
} as const satisfies PolicyReading;

function otherDigits(id: string): string {
  return [...id].map((digit) => (digit === 'f' ? '0' : 'f')).join('');
}

function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Map(values.map((each) => [JSON.stringify(each), each])).values()];
}
