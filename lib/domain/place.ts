import type { FileSystem } from './efs.ts';
import { admits, TAG, wordsOf } from './tags.ts';

/** Directories of shares lie beside those of families: `<base>/shared/<name>`. */
export const SHARED = 'shared';
const DEFAULT_BASE = '/ecs';

/** Without a slash at its end; the root of the file system is empty. */
export function basePathOf({ tags }: FileSystem): string {
  return (tags[TAG.basePath] ?? DEFAULT_BASE).replace(/\/$/, '');
}

/** Component by component: `/base` covers `/base/x`, and not `/base2`. */
export function covers(outer: string, inner: string): boolean {
  const given = componentsOf(inner);
  return componentsOf(outer).every((component, index) => given[index] === component);
}

export function componentsOf(path: string): readonly string[] {
  return path.split('/').filter((component) => component !== '');
}

/** Whether the owner lets an existing directory have an access point. */
export function mayAdopt({ tags }: FileSystem, path: string): boolean {
  return wordsOf(tags, TAG.adopt).some((word) => word.startsWith('/') && covers(word, path));
}

export type ShareRight = 'write' | 'read' | 'none';

/** What the owner's tag `mountkeeper:share/<name>` gives a family. */
export function shareRight({ tags }: FileSystem, share: string, family: string): ShareRight {
  const words = (tags[`${TAG.share}/${share}`] ?? '').split(' ').filter((word) => word !== '');
  if (words.some((word) => !word.endsWith(':ro') && admits(word, family))) return 'write';
  return words.some((word) => word.endsWith(':ro') && admits(word.slice(0, -3), family)) ? 'read' : 'none';
}

/** Whose directory a path lies in, by the places that Mountkeeper gives. */
type Tenant =
  | { readonly of: 'all' }
  | { readonly of: 'family'; readonly family: string }
  | { readonly of: 'share'; readonly share: string };

/** `all`: at or above where the directories of every family lie. Undefined: in none of them. */
function tenantOf(fileSystem: FileSystem, path: string): Tenant | undefined {
  const base = basePathOf(fileSystem);
  if (covers(path, `${base}/${SHARED}`)) return { of: 'all' };
  if (!covers(base, path)) return undefined;
  const [first = '', second = ''] = componentsOf(path).slice(componentsOf(base).length);
  return first === SHARED ? { of: 'share', share: second } : { of: 'family', family: first };
}

/** The share whose directory a path lies in. */
export function shareAt(fileSystem: FileSystem, path: string): string | undefined {
  const tenant = tenantOf(fileSystem, path);
  return tenant?.of === 'share' ? tenant.share : undefined;
}

/** Whether the owner's `mountkeeper:adopt` names this very path: one further up says nothing of what others have in it. */
export function isNamedForAdoption({ tags }: FileSystem, path: string): boolean {
  return wordsOf(tags, TAG.adopt).some((word) => word.startsWith('/') && covers(word, path) && covers(path, word));
}

/**
 * What of others an access point of the family on this path would reach, in words. With `/` as the base path a directory
 * of its own cannot be told from one of a family, so there the owner's `mountkeeper:adopt` decides.
 */
export function reachOf(fileSystem: FileSystem, path: string, family: string): string | undefined {
  const tenant = tenantOf(fileSystem, path);
  if (tenant?.of === 'all')
    return isNamedForAdoption(fileSystem, path) ? undefined : 'the directories of all families and shares';
  if (tenant?.of !== 'family' || tenant.family === family) return undefined;
  if (basePathOf(fileSystem) === '' && mayAdopt(fileSystem, path)) return undefined;
  return `the directory of the family ${tenant.family}`;
}
