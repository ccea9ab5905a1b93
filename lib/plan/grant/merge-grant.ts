import { assertGrant, grantEntries } from './assert-grant.ts';
import { samePolicy } from './canonical-policy.ts';
import { type GrantDocument, type GrantEntry, grantDocument, NotAGrant } from './grant-document.ts';

export interface Merged {
  readonly document: GrantDocument;
  /** False where putting the document would change nothing. */
  readonly changed: boolean;
}

/**
 * Adds an access point, or gives it other permissions, and leaves all others as they are. Throws NotAGrant where the
 * existing policy is not one of ours, or speaks of another file system: somebody edited it, so a person has to look.
 * @param existing the policy on the role, as JSON text or parsed; undefined where there is none
 */
export function mergeGrant(existing: unknown, entry: GrantEntry): Merged {
  const before = existing === undefined ? [] : grantEntries(parsed(existing));
  const document = grantDocument([...before, entry]);
  assertGrant(document);
  return { document, changed: existing === undefined || !samePolicy(existing, document) };
}

export type Removed =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'put'; readonly document: GrantDocument }
  /** That was the last access point: a policy without statements does not exist, so delete it. */
  | { readonly kind: 'delete' };

/** Takes one access point out. Throws NotAGrant like {@link mergeGrant}. */
export function removeGrant(existing: unknown, accessPointArn: string): Removed {
  const before = existing === undefined ? [] : grantEntries(parsed(existing));
  const after = before.filter((each) => each.accessPointArn !== accessPointArn);
  if (after.length === before.length) return { kind: 'unchanged' };
  return after.length === 0 ? { kind: 'delete' } : { kind: 'put', document: grantDocument(after) };
}

function parsed(existing: unknown): unknown {
  if (typeof existing !== 'string') return existing;
  try {
    return JSON.parse(existing);
  } catch {
    throw new NotAGrant('it is no JSON');
  }
}
