import type { SimTag } from './efs-state.ts';

const ALLOWED = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const MOST_TAGS = 50;
const LONGEST_KEY = 128;
const LONGEST_VALUE = 256;

export interface LooseTag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
  readonly key?: string | undefined;
  readonly value?: string | undefined;
}

function keyOf(tag: LooseTag): string {
  return tag.Key ?? tag.key ?? '';
}

function textOf(tag: LooseTag): string {
  return tag.Value ?? tag.value ?? '';
}

function troubleWith(tag: LooseTag): string | undefined {
  const key = keyOf(tag);
  const value = textOf(tag);
  if (key === '' || key.length > LONGEST_KEY) return `Tag key must have 1 to ${LONGEST_KEY} characters: '${key}'`;
  if (value.length > LONGEST_VALUE) return `Value of tag '${key}' is longer than ${LONGEST_VALUE} characters`;
  if (/^aws:/i.test(key)) return `Tag keys starting with 'aws:' are reserved for system use: '${key}'`;
  if (!ALLOWED.test(key)) return `Tag key '${key}' has characters that are not allowed`;
  if (!ALLOWED.test(value)) return `Value of tag '${key}' has characters that are not allowed: '${value}'`;
  return undefined;
}

/**
 * What AWS would say against these tags, or undefined. ECS, EFS and IAM take letters, digits, spaces and `_.:/=+-@`;
 * 50 tags a resource, 128 characters a key, 256 a value.
 */
export function tagTrouble(tags: readonly LooseTag[], present: readonly LooseTag[] = []): string | undefined {
  const keys = new Set(tags.map(keyOf));
  if (keys.size < tags.length) return 'Duplicate tag keys found';
  if (new Set([...keys, ...present.map(keyOf)]).size > MOST_TAGS)
    return `A resource can have ${MOST_TAGS} tags at most`;
  return tags.map(troubleWith).find((trouble) => trouble !== undefined);
}

export function toSimTags(tags: readonly LooseTag[] | undefined): SimTag[] {
  return (tags ?? []).map((tag) => ({ Key: keyOf(tag), Value: textOf(tag) }));
}

/** The tags with `added` in, in place of older ones with the same key. */
export function withTags(present: readonly SimTag[], added: readonly SimTag[]): SimTag[] {
  const kept = present.filter((tag) => !added.some((other) => other.Key === tag.Key));
  return [...kept, ...added];
}

export function withoutTags(present: readonly SimTag[], keys: readonly string[]): SimTag[] {
  return present.filter((tag) => !keys.includes(tag.Key));
}

export function tagMap(tags: readonly LooseTag[]): Record<string, string> {
  return Object.fromEntries(tags.map((tag) => [keyOf(tag), textOf(tag)]));
}
