import { matchStatement, type Question, type StatementMatch } from './match-statement.ts';
import type { ParsedPolicy } from './parse-policy.ts';
import { accountOf, type ContextLookup } from './request-context.ts';
import { allOf, anyOf, type Truth } from './truth.ts';
import type { ActionDecision, Decision, Miss, NotChecked, StatementRef } from './types.ts';

export interface ParsedPolicies {
  readonly identity: readonly ParsedPolicy[];
  readonly boundary: ParsedPolicy | undefined;
  /** `default`: EFS has no policy of the owner, and lets everybody in. */
  readonly fileSystem: ParsedPolicy | 'default';
}

export interface DecideInput extends Pick<Question, 'action' | 'request'> {
  readonly policies: ParsedPolicies;
  readonly lookup: ContextLookup;
}

/** One action, with the condition keys as `lookup` gives them. An explicit Deny anywhere wins. */
export function decideAction(input: DecideInput): Omit<ActionDecision, 'ifEveryKeyCounts'> {
  const { action, request, policies, lookup } = input;
  const question = { action, request, lookup, hasBoundary: policies.boundary !== undefined };
  const all = [...policies.identity, ...listed(policies.boundary), ...listed(policies.fileSystem)];
  const matches = all.flatMap((policy) => matchesIn(policy, question));
  // The default policy "does not use IAM to authenticate, and grants full access to any anonymous client".
  if (policies.fileSystem === 'default') {
    return { decision: 'allowed', by: [defaultPolicy], misses: [], notChecked: ignoredDenies(matches) };
  }
  const notChecked = [...unreadable(all), ...doubts(matches)];
  const denies = matches.filter((each) => each.effect === 'Deny');
  const denied = anyOf([...denies.map((each) => each.applies), ...unreadable(all).map(unknown)]);
  if (denied === 'yes') {
    const by = refs(denies.filter((each) => each.applies === 'yes'));
    return { decision: 'denied-explicit', by, misses: [], notChecked };
  }
  const { allowed, boundary, deciding } = allowPaths(matches, input);
  const decision = decisionOf(denied, allowed);
  if (decision === 'allowed') return { decision, by: refs(deciding), misses: [], notChecked };
  return { decision, by: [], misses: missesOf(matches, boundary), notChecked };
}

const defaultPolicy = {
  kind: 'file-system',
  policy: 'default file-system policy',
  statement: 'everybody',
} as const satisfies StatementRef;

function decisionOf(denied: Truth, allowed: Truth): Decision {
  if (allowed === 'no') return 'denied-implicit';
  return denied === 'unknown' || allowed === 'unknown' ? 'unknown' : 'allowed';
}

interface AllowPaths {
  readonly allowed: Truth;
  readonly boundary: Truth;
  readonly deciding: readonly StatementMatch[];
}

/** In one account either side is enough; across accounts both must allow. */
function allowPaths(matches: readonly StatementMatch[], { policies, request }: DecideInput): AllowPaths {
  const allows = (kind: StatementMatch['kind']) =>
    matches.filter((each) => each.effect === 'Allow' && each.kind === kind);
  const [own, limits, theirs] = [allows('identity'), allows('boundary'), allows('file-system')];
  const { principal, fileSystemArn } = request;
  const sameAccount = principal.kind === 'anonymous' || accountOf(principal.arn) === accountOf(fileSystemArn);
  const boundary = policies.boundary === undefined ? 'yes' : side(limits.map(applied), [policies.boundary]);
  const identity = allOf([side(own.map(applied), policies.identity), boundary]);
  const grants = (each: StatementMatch) => allOf([each.inScope, grantsTo(each, { boundary, sameAccount })]);
  const fileSystem = side(theirs.map(grants), listed(policies.fileSystem));
  const deciding = [
    ...(identity === 'yes' ? own.filter((each) => each.applies === 'yes') : []),
    ...theirs.filter((each) => grants(each) === 'yes'),
  ];
  return { allowed: (sameAccount ? anyOf : allOf)([identity, fileSystem]), boundary, deciding };
}

interface Limits {
  readonly boundary: Truth;
  readonly sameAccount: boolean;
}

/** Given to the account itself, an Allow leaves the decision to the policies of that account. */
function grantsTo({ principal }: StatementMatch, { boundary, sameAccount }: Limits): Truth {
  return anyOf([principal.direct, allOf([principal.role, boundary]), sameAccount ? 'no' : principal.account]);
}

function namesAccountOnly({ principal }: StatementMatch): boolean {
  return principal.account === 'yes' && principal.direct === 'no' && principal.role === 'no';
}

const accountOnly = {
  failed: 'principal',
  detail: 'it names the account, which leaves the decision to the policies of the role',
} as const;

function side(truths: readonly Truth[], sources: readonly ParsedPolicy[]): Truth {
  return anyOf([...truths, ...unreadable(sources).map(unknown)]);
}

function applied(match: StatementMatch): Truth {
  return match.applies;
}

function unknown(): Truth {
  return 'unknown';
}

function matchesIn(policy: ParsedPolicy, question: Question): readonly StatementMatch[] {
  if (policy.state === 'unknown') return [];
  return policy.statements.flatMap((statement) => matchStatement(statement, policy, question) ?? []);
}

function listed(policy: ParsedPolicy | 'default' | undefined): readonly ParsedPolicy[] {
  return policy === undefined || policy === 'default' ? [] : [policy];
}

function refs(matches: readonly StatementRef[]): readonly StatementRef[] {
  return matches.map(({ kind, policy, statement }) => ({ kind, policy, statement }));
}

function unreadable(policies: readonly ParsedPolicy[]): readonly NotChecked[] {
  return policies.flatMap((each) => (each.state === 'unknown' ? [{ policy: each.name, why: each.why }] : []));
}

function doubts(matches: readonly StatementMatch[]): readonly NotChecked[] {
  return matches
    .filter((each) => each.applies === 'unknown')
    .map(({ policy, statement, why }) => ({ policy, statement, why: why ?? 'not known' }));
}

function ignoredDenies(matches: readonly StatementMatch[]): readonly NotChecked[] {
  return matches
    .filter((each) => each.effect === 'Deny' && each.applies !== 'no')
    .map(({ policy, statement }) => ({
      policy,
      statement,
      why: 'a Deny on the role, while the default file-system policy does not use IAM',
    }));
}

function missesOf(matches: readonly StatementMatch[], boundary: Truth): readonly Miss[] {
  const allows = matches.filter((each) => each.effect === 'Allow' && each.kind !== 'boundary');
  const missed = allows.flatMap((each) => {
    const miss = each.miss ?? (each.kind === 'file-system' && namesAccountOnly(each) ? accountOnly : undefined);
    return refs([each]).flatMap((ref) => (miss === undefined ? [] : [{ ...ref, ...miss }]));
  });
  if (boundary !== 'no') return missed;
  const held = refs(allows.filter((each) => each.applies === 'yes'));
  const detail = 'the permissions boundary of the role does not allow it';
  return [...missed, ...held.map((each) => ({ ...each, failed: 'boundary' as const, detail }))];
}
