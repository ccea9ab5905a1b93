import type { Filter } from '@aws-sdk/client-ec2';
import { simError } from '../errors.ts';
import { tagMap } from '../tags.ts';

interface Tagged {
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
}

/** What each filter name looks at. Tag filters work everywhere. */
export type FilterFields<T> = Readonly<Record<string, (item: T) => readonly (string | undefined)[]>>;

function wildcard(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`);
}

function valuesOf<T extends Tagged>(name: string, item: T, fields: FilterFields<T>): readonly (string | undefined)[] {
  if (name === 'tag-key') return item.tags.map((tag) => tag.Key);
  if (name.startsWith('tag:')) return [tagMap(item.tags)[name.slice('tag:'.length)]];
  const field = fields[name];
  if (field === undefined) throw simError('InvalidParameterValue', 400, `The filter '${name}' is invalid`);
  return field(item);
}

function passes<T extends Tagged>(item: T, filter: Filter, fields: FilterFields<T>): boolean {
  const present = valuesOf(filter.Name ?? '', item, fields);
  const wanted = (filter.Values ?? []).map(wildcard);
  return present.some((value) => value !== undefined && wanted.some((pattern) => pattern.test(value)));
}

/** All filters must hold; within one filter any value will do. */
export function filtered<T extends Tagged>(
  items: readonly T[],
  filters: readonly Filter[] | undefined,
  fields: FilterFields<T>,
): T[] {
  for (const filter of filters ?? []) {
    if ((filter.Values ?? []).length === 0) {
      throw simError('InvalidParameterValue', 400, `The filter '${filter.Name}' has no values`);
    }
    if (!/^tag(-key$|:)/.test(filter.Name ?? '') && fields[filter.Name ?? ''] === undefined) {
      throw simError('InvalidParameterValue', 400, `The filter '${filter.Name}' is invalid`);
    }
  }
  return items.filter((item) => (filters ?? []).every((filter) => passes(item, filter, fields)));
}

/** The named items, all of which must exist; without names everything. */
export function byIds<T>(
  all: Readonly<Record<string, T>>,
  ids: readonly string[] | undefined,
  missing: (id: string) => Error,
): T[] {
  if (ids === undefined || ids.length === 0) return Object.values(all);
  return ids.map((id) => {
    const found = all[id];
    if (found === undefined) throw missing(id);
    return found;
  });
}
