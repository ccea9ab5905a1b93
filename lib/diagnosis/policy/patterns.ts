import type { ContextLookup } from './request-context.ts';

const anyCharacters = Symbol('*');
const oneCharacter = Symbol('?');
type Token = string | typeof anyCharacters | typeof oneCharacter;

/** `unresolvable`: a variable without value; IAM then treats the statement as one that does not apply. */
export type Pattern =
  | { readonly state: 'ready'; readonly tokens: readonly Token[] }
  | { readonly state: 'unresolvable' }
  | { readonly state: 'unknown'; readonly why: string };

export interface PatternRules {
  readonly wildcards: boolean;
  readonly variables: boolean;
  readonly lookup: ContextLookup;
}

const withVariables = /\$\{[^}]*\}|[*?]|[^*?$]+|\$/g;
const withoutVariables = /[*?]|[^*?]+/g;
const specialCharacters: Readonly<Record<string, string>> = { '*': '*', '?': '?', $: '$' };

/**
 * Takes a policy string apart. What a variable brings in is plain text, even where it holds an asterisk.
 * IAM user guide, "IAM policy elements: Variables and tags".
 */
export function readPattern(text: string, rules: PatternRules): Pattern {
  const tokens: Token[] = [];
  for (const part of text.match(rules.variables ? withVariables : withoutVariables) ?? []) {
    if (rules.variables && part.startsWith('${')) {
      const value = resolve(part.slice(2, -1), rules.lookup);
      if (value.state !== 'ready') return value;
      tokens.push(...value.tokens);
    } else if (rules.wildcards && part === '*') tokens.push(anyCharacters);
    else if (rules.wildcards && part === '?') tokens.push(oneCharacter);
    else tokens.push(part);
  }
  return { state: 'ready', tokens };
}

function resolve(inner: string, lookup: ContextLookup): Pattern {
  const special = specialCharacters[inner];
  if (special !== undefined) return { state: 'ready', tokens: [special] };
  const [, key = '', fallback] = /^\s*([^,]*?)\s*(?:,\s*'(.*)'\s*)?$/.exec(inner) ?? [];
  const found = lookup(key);
  if (found.state === 'unknown') return found;
  const value = found.state === 'present' && found.values.length === 1 ? found.values[0] : fallback;
  return value === undefined ? { state: 'unresolvable' } : { state: 'ready', tokens: [value] };
}

export interface MatchRules {
  readonly ignoreCase?: boolean;
  /**
   * How far an asterisk reaches past a colon. `resource`: only where it ends its segment (IAM user guide, "IAM JSON policy
   * elements: Resource", "Using wildcards in resource ARNs"). `arn`: only in the sixth field (IAM user guide,
   * "Amazon Resource Name (ARN) condition operators": each of the six components is checked separately).
   */
  readonly form?: 'resource' | 'arn';
}

/**
 * Walks all places the pattern can have reached, token by token. A regular expression would do the same, but
 * many asterisks in somebody's policy make it run for hours.
 */
export function tokensMatch(tokens: readonly Token[], subject: string, rules: MatchRules = {}): boolean {
  const cased = (text: string) => (rules.ignoreCase ? text.toLowerCase() : text);
  const text = cased(subject);
  let places: readonly number[] = [0];
  let colons = 0;
  for (const [at, token] of tokens.entries()) {
    const inField = rules.form === 'arn' && colons < 5;
    const stopAtColon = inField || (rules.form === 'resource' && !endsSegment(tokens[at + 1]));
    if (token === anyCharacters) places = afterAny(text, places, stopAtColon);
    else if (token === oneCharacter) {
      const barred = inField || rules.form === 'resource';
      places = places.filter((p) => p < text.length && !(barred && text[p] === ':')).map((p) => p + 1);
    } else {
      const part = cased(token);
      colons += part.split(':').length - 1;
      places = places.filter((p) => text.startsWith(part, p)).map((p) => p + part.length);
    }
  }
  return places.includes(text.length);
}

function endsSegment(next: Token | undefined): boolean {
  return next === undefined || (typeof next === 'string' && next.startsWith(':'));
}

function afterAny(text: string, places: readonly number[], stopAtColon: boolean): readonly number[] {
  const reached = new Set<number>();
  for (const place of places) {
    for (let p = place; p <= text.length && !reached.has(p); p++) {
      reached.add(p);
      if (stopAtColon && text[p] === ':') break;
    }
  }
  return [...reached];
}

/** For texts without variables. */
export function globMatches(glob: string, subject: string, rules: MatchRules = {}): boolean {
  const pattern = readPattern(glob, { wildcards: true, variables: false, lookup: () => ({ state: 'absent' }) });
  return pattern.state === 'ready' && tokensMatch(pattern.tokens, subject, rules);
}
