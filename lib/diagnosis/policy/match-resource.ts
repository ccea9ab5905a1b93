import type { Statement } from './parse-policy.ts';
import { readPattern, tokensMatch } from './patterns.ts';
import type { ContextLookup } from './request-context.ts';
import { anyOf, not, type Truth, truth } from './truth.ts';

export interface ResourceRules {
  readonly fileSystemArn: string;
  readonly variables: boolean;
  /** IAM fills up an ARN of fewer than six fields with asterisks, in identity policies only. */
  readonly fillUp: boolean;
  readonly lookup: ContextLookup;
}

export interface ResourceMatch {
  readonly applies: Truth;
  readonly why?: string;
}

/** IAM user guide, "IAM JSON policy elements: Resource". */
export function matchResource(statement: Statement, rules: ResourceRules): ResourceMatch {
  if (statement.resources === undefined) return { applies: 'yes' };
  const matches = statement.resources.map((text) => matchOne(text, rules));
  const named = anyOf(matches.map((each) => each.applies));
  const applies = statement.notResource ? not(named) : named;
  const why = matches.find((each) => each.why !== undefined)?.why;
  if (why === undefined || applies === 'no') return { applies };
  return { applies: 'unknown', why };
}

/** "no" with a reason: it cannot match, but AWS says that such a variable "might" make the whole statement invalid. */
function matchOne(text: string, rules: ResourceRules): ResourceMatch {
  if (text === '*') return { applies: 'yes' };
  const full = rules.fillUp ? filledUp(text) : text;
  const match = matchPattern(full, rules);
  if (full === text || match.applies !== 'no' || matchPattern(text, rules).applies === 'no') return match;
  return {
    applies: 'unknown',
    why: `${text} has fewer than six fields; whether its asterisk reaches over a colon AWS leaves open`,
  };
}

function matchPattern(text: string, rules: ResourceRules): ResourceMatch {
  const pattern = readPattern(text, { wildcards: true, ...rules });
  if (pattern.state === 'unresolvable') return { applies: 'no', why: `the variable in ${text} has no value` };
  if (pattern.state === 'unknown') return { applies: 'unknown', why: pattern.why };
  const matches = tokensMatch(pattern.tokens, rules.fileSystemArn, { form: 'resource' });
  if (!matches || !hasWildcardInType(text)) return { applies: truth(matches) };
  return { applies: 'unknown', why: `${text} has a wildcard in the resource type, which AWS does not allow` };
}

/** AWS general reference, "Amazon Resource Names", "Incorrect wildcard usage"; `*` for everything is allowed. */
function hasWildcardInType(arn: string): boolean {
  const [, resource = '*'] = /^(?:[^:]*:){5}(.*)$/.exec(arn) ?? [];
  const [type = ''] = resource.split('/');
  return resource !== '*' && /[*?]/.test(type);
}

function filledUp(arn: string): string {
  const fields = arn.replace(/\$\{[^}]*\}/g, '').split(':').length;
  return arn.startsWith('arn:') ? arn + ':*'.repeat(Math.max(0, 6 - fields)) : arn;
}
