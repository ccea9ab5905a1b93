import { conditionsHold, matchesGlob, type RequestContext, textsOf } from './condition.ts';

/** Who asks: a role's session, or nobody in particular (a mount without IAM). */
export interface Principal {
  readonly roleArn: string;
  readonly roleId: string;
  readonly accountId: string;
  readonly sessionName: string;
}

export interface AccessQuestion {
  readonly action: string;
  readonly resource: string;
  readonly context: RequestContext;
  readonly principal?: Principal;
}

export type Verdict = 'allow' | 'deny' | 'silent';

type Statement = Readonly<Record<string, unknown>>;

/** What an identity policy says. A document that is no JSON says nothing. */
export function identityVerdict(document: string, question: AccessQuestion): Verdict {
  return verdict(document, question, () => true);
}

/** What a resource policy says, principals included. */
export function resourceVerdict(document: string, question: AccessQuestion): Verdict {
  return verdict(document, question, (statement) => principalMatches(statement, question.principal));
}

function verdict(document: string, question: AccessQuestion, concerns: (statement: Statement) => boolean): Verdict {
  const applying = statementsOf(document).filter(
    (statement) => concerns(statement) && scopeMatches(statement, question),
  );
  if (applying.some((statement) => statement['Effect'] === 'Deny')) return 'deny';
  return applying.some((statement) => statement['Effect'] === 'Allow') ? 'allow' : 'silent';
}

function statementsOf(document: string): readonly Statement[] {
  try {
    const { Statement: statements } = JSON.parse(document) as { readonly Statement?: Statement | Statement[] };
    return statements === undefined ? [] : [statements].flat();
  } catch {
    return [];
  }
}

function scopeMatches(statement: Statement, question: AccessQuestion): boolean {
  return (
    names(statement['Action'], statement['NotAction'], (pattern) =>
      matchesGlob(pattern.toLowerCase(), question.action.toLowerCase()),
    ) &&
    names(statement['Resource'], statement['NotResource'], (pattern) => matchesGlob(pattern, question.resource)) &&
    conditionsHold(statement['Condition'], question.context)
  );
}

/** A resource policy of EFS may leave the resource out: it then means the file system that it hangs on. */
function names(wanted: unknown, excluded: unknown, matches: (pattern: string) => boolean): boolean {
  if (wanted !== undefined) return textsOf(wanted).some(matches);
  return !textsOf(excluded).some(matches);
}

function principalMatches(statement: Statement, principal: Principal | undefined): boolean {
  const isDeny = statement['Effect'] === 'Deny';
  const isNamed = (name: string) => nameMatches(name, principal, isDeny);
  if (statement['NotPrincipal'] !== undefined) return !principalNames(statement['NotPrincipal']).some(isNamed);
  return principalNames(statement['Principal']).some(isNamed);
}

function principalNames(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return textsOf((value as { readonly AWS?: unknown } | undefined)?.AWS);
}

/**
 * A policy that allows the account hands the decision to the account's own policies, so it admits nobody by itself; one
 * that denies the account denies everybody in it.
 */
function nameMatches(name: string, principal: Principal | undefined, isDeny: boolean): boolean {
  if (name === '*') return true;
  if (principal === undefined) return false;
  const account = [principal.accountId, `arn:aws:iam::${principal.accountId}:root`];
  if (account.includes(name)) return isDeny;
  const roleName = principal.roleArn.split('/').at(-1);
  const session = `arn:aws:sts::${principal.accountId}:assumed-role/${roleName}/${principal.sessionName}`;
  return [principal.roleArn, principal.roleId, session].includes(name);
}
