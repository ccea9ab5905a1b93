import type { Principals, Statement } from './parse-policy.ts';
import { accountOf } from './request-context.ts';
import { anyOf, type Truth, truth } from './truth.ts';
import type { ClientPrincipal } from './types.ts';

/**
 * How a resource policy speaks of the client. It matters which way: permissions given to everybody or to the
 * session are not limited by a permissions boundary, those given to the role are, and those given to the account only
 * let the account's own policies decide. IAM user guide, "Policy evaluation for requests within a single account"
 * and "AWS JSON policy elements: Principal".
 */
export interface PrincipalMatch {
  readonly direct: Truth;
  readonly role: Truth;
  readonly account: Truth;
  readonly why?: string;
}

const nobody: PrincipalMatch = { direct: 'no', role: 'no', account: 'no' };
const everybody: PrincipalMatch = { ...nobody, direct: 'yes' };

export interface PrincipalRules {
  readonly principal: ClientPrincipal;
  readonly hasBoundary: boolean;
}

/** An identity policy speaks of the role it hangs on. */
export function matchPrincipal(statement: Statement, rules: PrincipalRules): PrincipalMatch {
  const { principals, notPrincipal } = statement;
  if (principals === undefined) return everybody;
  if (!notPrincipal) return principals.everyone ? everybody : named(principals, rules.principal);
  return notNamed(statement, principals, rules);
}

export function anyWay({ direct, role, account }: PrincipalMatch): Truth {
  return anyOf([direct, role, account]);
}

/** A principal id (`AROA…`) is what is left of a deleted role; a new role of that name has another id. */
function named(principals: Principals, principal: ClientPrincipal): PrincipalMatch {
  if (principal.kind === 'anonymous') return nobody;
  const account = accountOf(principal.arn);
  const session = sessionNamed(principals, principal);
  return {
    direct: session,
    role: truth(principals.aws.some((each) => each === principal.arn || each === principal.roleId)),
    account: truth(principals.aws.some((each) => each === account || isRoot(each, account))),
    ...(session === 'unknown' && { why: 'it names one session of the role, and the session is not known yet' }),
  };
}

function sessionNamed(principals: Principals, principal: ClientPrincipal & { readonly kind: 'role' }): Truth {
  const [, partition] = principal.arn.split(':');
  const name = principal.arn.slice(principal.arn.lastIndexOf('/') + 1);
  const prefix = `arn:${partition}:sts::${accountOf(principal.arn)}:assumed-role/${name}/`;
  if (principal.sessionName !== undefined) return truth(principals.aws.includes(prefix + principal.sessionName));
  return principals.aws.some((each) => each.startsWith(prefix)) ? 'unknown' : 'no';
}

function isRoot(text: string, account: string): boolean {
  return text.startsWith('arn:') && text.endsWith(`:iam::${account}:root`);
}

function notNamed(statement: Statement, principals: Principals, rules: PrincipalRules): PrincipalMatch {
  // IAM user guide, "Permissions boundaries for IAM entities": such a Deny "will always deny" a role with a boundary.
  if (statement.effect === 'Deny' && rules.hasBoundary && rules.principal.kind === 'role') return everybody;
  if (principals.everyone) return nobody;
  const found = named(principals, rules.principal);
  const parts = [found.direct, found.role, found.account];
  if (parts.every((each) => each === 'no')) return everybody;
  if (parts.every((each) => each === 'yes')) return nobody;
  return {
    ...nobody,
    direct: 'unknown',
    why: 'its NotPrincipal does not name account, role and session together; AWS leaves open whether it still applies',
  };
}
