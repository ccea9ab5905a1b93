import type { Tags } from '../domain/tags.ts';

interface UpperTag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

interface LowerTag {
  readonly key?: string | undefined;
  readonly value?: string | undefined;
}

export function fromTags(list: readonly UpperTag[] | undefined): Tags {
  return Object.fromEntries((list ?? []).map(({ Key, Value }) => [Key ?? '', Value ?? '']));
}

export function fromEcsTags(list: readonly LowerTag[] | undefined): Tags {
  return Object.fromEntries((list ?? []).map(({ key, value }) => [key ?? '', value ?? '']));
}

export function toTags(tags: Tags): { readonly Key: string; readonly Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
