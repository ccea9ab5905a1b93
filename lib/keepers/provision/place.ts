import type { FileSystem } from '../../domain/efs.ts';
import { admits, TAG, wordsOf } from '../../domain/tags.ts';

/** EFS API reference, RootDirectory: at most 100 characters and four components, none empty, none beginning with a dot. */
const LONGEST = 100;
const MOST_COMPONENTS = 4;
const COMPONENT = /^(?!\.)[^$#<>;`|&?{}^*/\n]+$/;

/** Directories of shares lie beside those of families: `<base>/shared/<name>`. */
const SHARED = 'shared';
const DEFAULT_BASE = '/ecs';

export type Placed = { readonly path: string } | { readonly wrong: string };

export interface Placing {
  readonly family: string;
  readonly volume: string;
  readonly share?: string;
}

/** The directory of a volume, built by us and never taken from a tag as a whole. */
export function placeOf({ tags }: FileSystem, { family, volume, share }: Placing): Placed {
  if (family === SHARED) return { wrong: `a family cannot be called ${SHARED}: shares have that directory` };
  const base = tags[TAG.basePath] ?? DEFAULT_BASE;
  const place = share === undefined ? `/${family}/${volume}` : `/${SHARED}/${share}`;
  const path = `${base === '/' ? '' : base.replace(/\/$/, '')}${place}`;
  const wrong = pathMistake(path);
  return wrong === undefined ? { path } : { wrong };
}

/** What EFS would say against a path; undefined where it is right. */
export function pathMistake(path: string): string | undefined {
  if (!path.startsWith('/')) return `${path} does not begin with /`;
  const components = path.slice(1).split('/');
  const bad = components.find((component) => !COMPONENT.test(component));
  if (bad !== undefined) return `${path} has the component "${bad}", which EFS refuses`;
  if (components.length > MOST_COMPONENTS) return `${path} has more than ${MOST_COMPONENTS} directories`;
  return path.length > LONGEST ? `${path} has more than ${LONGEST} characters` : undefined;
}

/** Component by component: `/base` covers `/base/x`, and not `/base2`. */
export function covers(outer: string, inner: string): boolean {
  const wanted = components(outer);
  const given = components(inner);
  return wanted.every((component, index) => given[index] === component);
}

function components(path: string): readonly string[] {
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
