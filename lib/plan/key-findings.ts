import type { MountFacts } from '../diagnosis/mount-facts.ts';
import type { Finding } from '../domain/finding.ts';
import { TAG } from '../domain/tags.ts';
import { type Radius, radiusOf, vanishedKeys } from './radius.ts';

interface Looked {
  readonly family: string;
  readonly units: readonly { readonly mount: MountFacts }[];
  readonly remembered?: Radius;
}

/** What the family's mounts rest on, by what was read now. */
export function currentRadius({ family, units, remembered }: Looked): Radius {
  const mounts = units.map(({ mount }) => mount);
  return radiusOf(family, mounts, remembered);
}

/** Owners' keys that were there when the family was last looked at. */
export function goneKeys(looked: Looked): readonly Finding[] {
  const { family, remembered } = looked;
  return vanishedKeys(remembered, currentRadius(looked)).map((subject) => ({
    code: 'key-vanished',
    subject,
    evidence: { family, tag: TAG.allow },
  }));
}
