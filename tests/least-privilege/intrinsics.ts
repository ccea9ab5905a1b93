import type { Template } from './roles.ts';

/** What CloudFormation would make of a value in an installation in this account and Region. */
export interface Place {
  readonly accountId: string;
  readonly region: string;
  /** Physical names by logical id, for `Ref` and `Fn::GetAtt` of `Arn`. */
  readonly refs: Readonly<Record<string, string>>;
  readonly arns: Readonly<Record<string, string>>;
}

const NOTHING = Symbol('AWS::NoValue');

export function resolved(value: unknown, template: Template, place: Place): unknown {
  const again = (inner: unknown) => resolved(inner, template, place);
  if (Array.isArray(value)) return value.map(again).filter((item) => item !== NOTHING);
  if (typeof value !== 'object' || value === null) return value;
  const [[name, inner] = ['', undefined], ...more] = Object.entries(value);
  const intrinsic = more.length === 0 ? INTRINSICS[name] : undefined;
  if (intrinsic) return intrinsic(inner, { again, template, place });
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, again(item)]));
}

interface Around {
  readonly again: (value: unknown) => unknown;
  readonly template: Template;
  readonly place: Place;
}

type Intrinsic = (value: unknown, around: Around) => unknown;

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (name, { place }) => ref(String(name), place),
  'Fn::Sub': (value, { again, place }) => {
    const [text, variables] = Array.isArray(value) ? value : [value, {}];
    const given = again(variables) as Readonly<Record<string, string>>;
    return String(text).replaceAll(/\$\{([^}]+)\}/g, (_all, name: string) => given[name] ?? String(ref(name, place)));
  },
  'Fn::GetAtt': (value, { place }) => {
    const [id, attribute] = value as readonly [string, string];
    const arn = attribute === 'Arn' ? place.arns[id] : undefined;
    if (arn === undefined) throw new Error(`no value for ${id}.${attribute}`);
    return arn;
  },
  'Fn::Join': (value, { again }) => {
    const [glue, parts] = value as readonly [string, readonly unknown[]];
    return (again(parts) as readonly string[]).join(glue);
  },
  'Fn::If': (value, { again, template }) => {
    const [condition, yes, no] = value as readonly [string, unknown, unknown];
    return again(holds(template.Conditions[condition], template) ? yes : no);
  },
};

function ref(name: string, place: Place): unknown {
  const pseudo: Readonly<Record<string, unknown>> = {
    'AWS::AccountId': place.accountId,
    'AWS::Region': place.region,
    'AWS::Partition': 'aws',
    'AWS::NoValue': NOTHING,
  };
  const value = pseudo[name] ?? place.refs[name];
  if (value === undefined) throw new Error(`no value for ${name}`);
  return value;
}

function holds(condition: unknown, template: Template): boolean {
  const [[name, value] = ['', undefined]] = Object.entries(condition as object);
  if (name === 'Fn::Equals')
    return String((value as readonly unknown[])[0]) === String((value as readonly unknown[])[1]);
  if (name === 'Fn::Not') return !holds((value as readonly unknown[])[0], template);
  if (name === 'Condition') return holds(template.Conditions[String(value)], template);
  throw new Error(`a condition of a kind that is not known: ${name}`);
}
