export type Tags = Readonly<Record<string, string>>;

export const TAG_PREFIX = 'mountkeeper:';

/** Every tag that Mountkeeper reads or writes, by its short name. */
export const TAG = {
  enabled: 'mountkeeper:enabled',
  mode: 'mountkeeper:mode',
  fileSystem: 'mountkeeper:file-system',
  mount: 'mountkeeper:mount',
  container: 'mountkeeper:container',
  start: 'mountkeeper:start',
  uid: 'mountkeeper:uid',
  gid: 'mountkeeper:gid',
  permissions: 'mountkeeper:permissions',
  share: 'mountkeeper:share',
  wire: 'mountkeeper:wire',
  deploy: 'mountkeeper:deploy',
  allow: 'mountkeeper:allow',
  basePath: 'mountkeeper:base-path',
  adopt: 'mountkeeper:adopt',
  uidRange: 'mountkeeper:uid-range',
  allowRoot: 'mountkeeper:allow-root',
  unenforced: 'mountkeeper:unenforced',
  throughput: 'mountkeeper:throughput',
  maxMibps: 'mountkeeper:max-mibps',
  maxMonthlyUsd: 'mountkeeper:max-monthly-usd',
  throttledMinuteUsd: 'mountkeeper:throttled-minute-usd',
  throughputTarget: 'mountkeeper:throughput-target',
  managed: 'mountkeeper:managed',
  family: 'mountkeeper:family',
  volume: 'mountkeeper:volume',
  spec: 'mountkeeper:spec',
  wiredFrom: 'mountkeeper:wired-from',
  journal: 'mountkeeper:journal',
} as const;

/** The keys a resource's owner turns: tag values are compared exactly, anything else is no key. */
export function hasKey(tags: Tags, tag: string, value = 'true'): boolean {
  return tags[tag] === value;
}

/**
 * Whether a storage owner's `mountkeeper:allow` tags name this family. Words are separated by spaces; `@any` means
 * every family, a trailing `+` means "starts with"; neither sign can occur in a family name. Further tags
 * `mountkeeper:allow/<word>` add to the first where 256 characters are too few; the first must be there, since it is what
 * the condition of our own role asks for.
 */
export function allowsFamily(tags: Tags, family: string): boolean {
  return tags[TAG.allow] !== undefined && wordsOf(tags, TAG.allow).some((word) => admits(word, family));
}

export function wordsOf(tags: Tags, tag: string): readonly string[] {
  return Object.entries(tags)
    .filter(([key]) => key === tag || key.startsWith(`${tag}/`))
    .flatMap(([, value]) => value.split(' '))
    .filter((word) => word !== '');
}

export function admits(word: string, family: string): boolean {
  if (word === '@any') return true;
  return word.endsWith('+') && word.length > 1 ? family.startsWith(word.slice(0, -1)) : word === family;
}
