import { type Fact, seen } from '../../domain/fact.ts';
import { parseTaskDefinitionName } from '../../domain/ids.ts';
import { TAG, type Tags } from '../../domain/tags.ts';
import type { Enrolment } from '../../facts/enrolment.ts';

type Tagged = Fact<readonly { readonly arn: string; readonly tags: Tags }[]>;

export interface Discovered {
  readonly family: string;
  readonly enrolled: boolean;
  readonly revision: number;
}

/**
 * Every family that opted in, by its tags or by what the ledger remembers, sorted. The newest revision that says
 * anything counts; one that says nothing opts nobody out.
 */
export function discover(tagged: Tagged, remembered: readonly Enrolment[]): readonly Discovered[] {
  const found = new Map<string, Discovered>();
  for (const { family, enrolled, revision } of remembered) found.set(family, { family, enrolled, revision });
  for (const { arn, tags } of seen(tagged) ?? []) {
    const name = parseTaskDefinitionName(arn);
    const value = tags[TAG.enabled];
    if (!name?.revision || value === undefined) continue;
    const known = found.get(name.family);
    if (known && known.revision >= name.revision) continue;
    found.set(name.family, { family: name.family, enrolled: value === 'true', revision: name.revision });
  }
  return [...found.values()]
    .filter(({ enrolled }) => enrolled)
    .toSorted((one, other) => (one.family < other.family ? -1 : 1));
}
