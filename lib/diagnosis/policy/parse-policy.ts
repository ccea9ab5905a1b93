import type { PolicyKind, PolicyReading } from './types.ts';

export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** `aws` holds ARNs, account ids and principal ids. Services and federations are dropped: no task is one. */
export interface Principals {
  readonly everyone: boolean;
  readonly aws: readonly string[];
}

export interface Statement {
  readonly id: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly notAction: boolean;
  /** Undefined in a file-system policy without Resource: it speaks of its own file system. */
  readonly resources: readonly string[] | undefined;
  readonly notResource: boolean;
  readonly principals: Principals | undefined;
  readonly notPrincipal: boolean;
  readonly conditions: readonly Condition[];
}

export type ParsedPolicy =
  | {
      readonly state: 'parsed';
      readonly kind: PolicyKind;
      readonly name: string;
      /** Policy variables exist only in version 2012-10-17; in the older one they are plain text. */
      readonly variables: boolean;
      readonly statements: readonly Statement[];
    }
  | { readonly state: 'unknown'; readonly kind: PolicyKind; readonly name: string; readonly why: string };

class Malformed extends Error {}

type Json = Readonly<Record<string, unknown>>;

const statementKeys = new Set(
  'Sid Effect Principal NotPrincipal Action NotAction Resource NotResource Condition'.split(' '),
);

/** IAM user guide, "Grammar of the IAM JSON policy language". What does not follow it is `unknown`, never empty. */
export function parsePolicy(reading: PolicyReading, kind: PolicyKind): ParsedPolicy {
  if (reading.state === 'unknown') return { state: 'unknown', kind, name: reading.name, why: reading.why };
  try {
    const policy = objectOf(documentOf(reading.document), 'the policy');
    const version = policy['Version'] ?? '2008-10-17';
    if (version !== '2012-10-17' && version !== '2008-10-17') throw new Malformed(`unknown Version ${String(version)}`);
    const statements = listOf(policy['Statement'] ?? missing('Statement')).map((each, at) =>
      statementOf(each, at, kind),
    );
    return { state: 'parsed', kind, name: reading.name, variables: version === '2012-10-17', statements };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return { state: 'unknown', kind, name: reading.name, why: `malformed policy: ${error.message}` };
  }
}

function documentOf(document: unknown): unknown {
  if (typeof document !== 'string') return document;
  try {
    return JSON.parse(document);
  } catch {
    throw new Malformed('not JSON');
  }
}

function statementOf(value: unknown, at: number, kind: PolicyKind): Statement {
  const statement = objectOf(value, `statement ${at + 1}`);
  const sid = statement['Sid'];
  const id = typeof sid === 'string' && sid !== '' ? sid : `#${at + 1}`;
  const strange = Object.keys(statement).find((key) => !statementKeys.has(key));
  if (strange !== undefined) throw new Malformed(`${id} has an element ${strange}`);
  const effect = statement['Effect'];
  if (effect !== 'Allow' && effect !== 'Deny') throw new Malformed(`${id} has no Effect of Allow or Deny`);
  const action = oneOf(statement, 'Action', id) ?? missing(`Action in ${id}`);
  const resource = oneOf(statement, 'Resource', id);
  if (resource === undefined && kind !== 'file-system') missing(`Resource in ${id}`);
  return {
    id,
    effect,
    actions: strings(action.value, `${id} Action`),
    notAction: action.not,
    resources: resource && strings(resource.value, `${id} Resource`),
    notResource: resource?.not ?? false,
    ...principalPart(statement, { id, kind }),
    conditions: conditionsOf(statement['Condition'], id),
  };
}

function principalPart(statement: Json, { id, kind }: { readonly id: string; readonly kind: PolicyKind }) {
  const element = oneOf(statement, 'Principal', id);
  if (kind === 'file-system') {
    if (element === undefined) return missing(`Principal in ${id}`);
    return { principals: principalsOf(element.value, id), notPrincipal: element.not };
  }
  if (element !== undefined) throw new Malformed(`${id} has a Principal, which only a resource policy may have`);
  return { principals: undefined, notPrincipal: false };
}

function principalsOf(value: unknown, id: string): Principals {
  if (value === '*') return { everyone: true, aws: [] };
  const map = objectOf(value, `${id} Principal`);
  const aws = map['AWS'] === undefined ? [] : strings(map['AWS'], `${id} Principal`);
  return { everyone: aws.includes('*'), aws: aws.filter((each) => each !== '*') };
}

function conditionsOf(value: unknown, id: string): readonly Condition[] {
  if (value === undefined) return [];
  return Object.entries(objectOf(value, `${id} Condition`)).flatMap(([operator, keys]) =>
    Object.entries(objectOf(keys, `${id} ${operator}`)).map(([key, values]) => ({
      operator,
      key,
      values: listOf(values).map((each) => scalar(each, `${id} ${key}`)),
    })),
  );
}

function oneOf(statement: Json, name: string, id: string) {
  const [plain, negated] = [statement[name], statement[`Not${name}`]];
  if (plain !== undefined && negated !== undefined) throw new Malformed(`${id} has ${name} and Not${name}`);
  if (plain !== undefined) return { value: plain, not: false };
  return negated === undefined ? undefined : { value: negated, not: true };
}

function strings(value: unknown, what: string): readonly string[] {
  const list = listOf(value);
  if (list.length === 0) throw new Malformed(`${what} is empty`);
  return list.map((each) => {
    if (typeof each !== 'string') throw new Malformed(`${what} holds something else than text`);
    return each;
  });
}

function scalar(value: unknown, what: string): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Malformed(`${what} holds something else than text, numbers and booleans`);
}

function objectOf(value: unknown, what: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Malformed(`${what} is no object`);
  return value as Json;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function missing(what: string): never {
  throw new Malformed(`no ${what}`);
}
