import { matchCondition, matchConditions } from './conditions.ts';
import { namesAction } from './match-action.ts';
import { anyWay, matchPrincipal, type PrincipalMatch } from './match-principal.ts';
import { matchResource } from './match-resource.ts';
import type { ParsedPolicy, Statement } from './parse-policy.ts';
import type { ContextLookup } from './request-context.ts';
import { allOf, type Truth } from './truth.ts';
import type { ClientAction, ClientRequest, Miss, StatementRef } from './types.ts';

export type ReadablePolicy = Extract<ParsedPolicy, { readonly state: 'parsed' }>;

export interface Question {
  readonly action: ClientAction;
  readonly request: Pick<ClientRequest, 'fileSystemArn' | 'principal'>;
  readonly hasBoundary: boolean;
  readonly lookup: ContextLookup;
}

export interface StatementMatch extends StatementRef {
  readonly effect: Statement['effect'];
  readonly applies: Truth;
  readonly principal: PrincipalMatch;
  /** Resource and conditions together, without the principal. */
  readonly inScope: Truth;
  readonly why?: string;
  readonly miss?: Pick<Miss, 'failed' | 'detail'>;
}

/** Undefined where the statement does not name the action. */
export function matchStatement(
  statement: Statement,
  policy: ReadablePolicy,
  question: Question,
): StatementMatch | undefined {
  if (!namesAction(statement, question.action)) return undefined;
  const { request, lookup } = question;
  const { variables, kind } = policy;
  const { fileSystemArn } = request;
  const resource = matchResource(statement, { fileSystemArn, variables, fillUp: kind !== 'file-system', lookup });
  const principal = matchPrincipal(statement, { principal: request.principal, hasBoundary: question.hasBoundary });
  const conditions = matchConditions(statement.conditions, { variables, lookup });
  const inScope = allOf([resource.applies, conditions.holds]);
  const applies = allOf([inScope, anyWay(principal)]);
  const why = resource.why ?? principal.why ?? conditions.why;
  const miss =
    applies === 'no' ? missOf({ statement, resource: resource.applies, principal, lookup, variables }) : undefined;
  return {
    kind,
    policy: policy.name,
    statement: statement.id,
    effect: statement.effect,
    applies,
    principal,
    inScope,
    ...(applies === 'unknown' && why !== undefined && { why }),
    ...(miss !== undefined && { miss }),
  };
}

interface MissFacts {
  readonly statement: Statement;
  readonly resource: Truth;
  readonly principal: PrincipalMatch;
  readonly lookup: ContextLookup;
  readonly variables: boolean;
}

function missOf(facts: MissFacts): Pick<Miss, 'failed' | 'detail'> {
  const { statement, lookup, variables } = facts;
  if (facts.resource === 'no') {
    const names = (statement.resources ?? []).join(', ');
    return { failed: 'resource', detail: statement.notResource ? `it leaves out ${names}` : `it names ${names}` };
  }
  if (anyWay(facts.principal) === 'no') return { failed: 'principal', detail: 'it does not name this client' };
  const broken = statement.conditions.find((each) => matchCondition(each, { lookup, variables }).holds === 'no');
  if (broken === undefined) return { failed: 'condition', detail: 'its conditions do not hold' };
  const found = lookup(broken.key);
  const had = found.state === 'present' ? `it is ${found.values.join(', ')}` : 'the request has none';
  return {
    failed: 'condition',
    detail: `${broken.operator} ${broken.key} wants ${broken.values.join(' or ')}; ${had}`,
  };
}
