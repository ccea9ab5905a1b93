import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isMap, isScalar, isSeq, type Node, type Pair, parseDocument } from 'yaml';
import { resolved } from './intrinsics.ts';
import { PLACE, type Statement } from './roles.ts';

const ROOT = resolve(__dirname, '..', '..');

export type Params = Readonly<Record<string, string>>;
type Json = Readonly<Record<string, unknown>>;

/**
 * The statements of a function's role as serverless.yml and role.yml write them, without packaging anything. A test
 * holds them to the packaged template, so that whoever judges by these judges by what is deployed.
 */
export function roleAsWritten(name: string, given: Params = {}): readonly Statement[] {
  const params = { ...defaults(), ...given };
  const { provider, custom, resources } = read('serverless.yml', params) as Record<string, Json>;
  const { iamRoleStatementsInherit } = read(`functions/${name}/function.yml`, params) as Json;
  const shared = iamRoleStatementsInherit === false ? [] : inside(provider, 'iam.role.statements');
  const own = read(`functions/${name}/role.yml`, params);
  const statements = referring([shared, own].flat(), custom);
  const Conditions = resources?.['Conditions'] as Json;
  return resolved(statements, { Resources: {}, Conditions }, PLACE) as Statement[];
}

function defaults(): Params {
  return inside(read('serverless.yml', {}), 'params.default') as Params;
}

function read(path: string, params: Params): unknown {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const filled = text.replaceAll(/\$\{param:(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
  return plain(parseDocument(filled, { logLevel: 'silent' }).contents);
}

/** CloudFormation's short tags in their long form. */
function plain(node: unknown): unknown {
  const value = untagged(node);
  const tag = (node as (Node & { readonly tag?: string }) | null)?.tag;
  if (!tag?.startsWith('!')) return value;
  if (tag === '!Ref') return { Ref: value };
  return { [`Fn::${tag.slice(1)}`]: tag === '!GetAtt' ? String(value).split('.') : value };
}

function untagged(node: unknown): unknown {
  if (isSeq(node)) return node.items.map(plain);
  if (isMap(node)) return Object.fromEntries(node.items.map(({ key, value }: Pair) => [String(key), plain(value)]));
  return isScalar(node) ? node.value : null;
}

/** `${self:custom.…}` replaced by what stands there. */
function referring(value: unknown, custom: unknown): unknown {
  if (typeof value === 'string') {
    const path = /^\$\{self:custom\.([\w.]+)\}$/.exec(value)?.[1];
    return path === undefined ? value : inside(custom, path);
  }
  if (Array.isArray(value)) return value.map((item) => referring(item, custom));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, referring(item, custom)]));
}

function inside(value: unknown, path: string): unknown {
  return path.split('.').reduce((found, name) => (found as Json | undefined)?.[name], value);
}
