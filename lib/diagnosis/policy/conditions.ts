import { type Operator, operators } from './condition-operators.ts';
import type { Condition } from './parse-policy.ts';
import { readPattern } from './patterns.ts';
import type { ContextLookup, ContextValue } from './request-context.ts';
import { allOf, anyOf, not, type Truth, truth } from './truth.ts';

export interface ConditionRules {
  readonly variables: boolean;
  readonly lookup: ContextLookup;
}

export interface ConditionMatch {
  readonly holds: Truth;
  /** Set where `holds` is unknown. */
  readonly why?: string;
}

/** All conditions of a statement must hold; several values of one key are alternatives. */
export function matchConditions(conditions: readonly Condition[], rules: ConditionRules): ConditionMatch {
  const matches = conditions.map((each) => matchCondition(each, rules));
  const holds = allOf(matches.map((each) => each.holds));
  return holds === 'unknown' ? unknown(matches.find((each) => each.holds === 'unknown')?.why) : { holds };
}

const form = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/i;

/** IAM user guide, "IAM JSON policy elements: Condition operators" and "Single-valued vs. multivalued context keys". */
export function matchCondition(condition: Condition, rules: ConditionRules): ConditionMatch {
  const [, set = '', base = '', ifExists] = form.exec(condition.operator) ?? [];
  const found = rules.lookup(condition.key);
  const operator = operators[base.toLowerCase()];
  const isNull = base.toLowerCase() === 'null' && ifExists === undefined;
  if (operator === undefined && !isNull) return unknown(`the condition operator ${condition.operator} is not known`);
  if (found.state === 'unknown') return unknown(found.why);
  if (operator === undefined) return { holds: matchNull(condition, found) };
  if (found.state === 'present' && found.values.length > 0) {
    return matchValues(found.values, { operator, set: set.toLowerCase(), condition, rules });
  }
  if (ifExists !== undefined || set.toLowerCase() === 'forallvalues') return { holds: 'yes' };
  return { holds: truth(operator.negated && set === '') };
}

function matchNull({ values }: Condition, found: ContextValue): Truth {
  const missing = found.state !== 'present' || found.values.length === 0;
  return truth(values.some((each) => each.toLowerCase() === String(missing)));
}

interface Comparison {
  readonly operator: Operator;
  readonly set: string;
  readonly condition: Condition;
  readonly rules: ConditionRules;
}

function matchValues(had: readonly string[], comparison: Comparison): ConditionMatch {
  const { set, condition } = comparison;
  if (set === '' && had.length > 1)
    return unknown(`${condition.key} has several values, which needs ForAnyValue or ForAllValues`);
  const matches = had.map((each) => matchValue(each, comparison));
  const holds = (set === 'foranyvalue' ? anyOf : allOf)(matches.map((each) => each.holds));
  return holds === 'unknown' ? unknown(matches.find((each) => each.holds === 'unknown')?.why) : { holds };
}

function matchValue(had: string, { operator, condition, rules }: Comparison): ConditionMatch {
  const pairs = condition.values.map((wanted) => compare(wanted, { had, operator, rules }));
  const equal = anyOf(pairs.map((each) => each.holds));
  const holds = operator.negated ? not(equal) : equal;
  const why = pairs.find((each) => each.why !== undefined)?.why;
  // What cannot be compared is no match, and nothing may follow from its not matching.
  const doubtful = why !== undefined && (equal === 'unknown' || holds === 'yes');
  return doubtful ? unknown(why) : { holds };
}

interface Subject {
  readonly had: string;
  readonly operator: Operator;
  readonly rules: ConditionRules;
}

function compare(wanted: string, { had, operator, rules }: Subject): ConditionMatch {
  const pattern = readPattern(wanted, {
    wildcards: operator.wildcards,
    variables: operator.variables && rules.variables,
    lookup: rules.lookup,
  });
  if (pattern.state === 'unknown') return unknown(pattern.why);
  if (pattern.state === 'unresolvable') return { holds: 'no', why: `the variable in ${wanted} has no value` };
  const equal = operator.compare(wanted, had, pattern);
  if (equal !== undefined) return { holds: truth(equal) };
  return operator.negated ? { holds: 'no', why: `${wanted} and ${had} cannot be compared` } : { holds: 'no' };
}

function unknown(why = 'not known'): ConditionMatch {
  return { holds: 'unknown', why };
}
