import type { FileSystem } from '../../domain/efs.ts';
import { basePathOf, SHARED } from '../../domain/place.ts';

/** EFS API reference, RootDirectory: at most 100 characters and four components, none empty, none beginning with a dot. */
const LONGEST = 100;
const MOST_COMPONENTS = 4;
const COMPONENT = /^(?!\.)[^$#<>;`|&?{}^*/\n]+$/;

export type Placed = { readonly path: string } | { readonly wrong: string };

export interface Placing {
  readonly family: string;
  readonly volume: string;
  readonly share?: string;
}

/** The directory of a volume, built by us and never taken from a tag as a whole. */
export function placeOf(fileSystem: FileSystem, { family, volume, share }: Placing): Placed {
  if (family === SHARED) return { wrong: `a family cannot be called ${SHARED}: shares have that directory` };
  const place = share === undefined ? `/${family}/${volume}` : `/${SHARED}/${share}`;
  const path = `${basePathOf(fileSystem)}${place}`;
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
