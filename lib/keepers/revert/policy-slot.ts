import type { DeleteRolePolicy, PutRolePolicy } from '../../domain/action.ts';
import { grantEntries } from '../../plan/grant/assert-grant.ts';
import { samePolicy } from '../../plan/grant/canonical-policy.ts';
import { type GrantEntry, grantDocument, NotAGrant } from '../../plan/grant/grant-document.ts';
import { type Back, NOTHING, orNothing, type Slot } from './slots.ts';

/** The inline policy of a role. Several families may have grants in it, so only what a change added is taken out. */
export const policySlot: Slot<PutRolePolicy | DeleteRolePolicy> = {
  name: ({ roleName, policyName }) => `${roleName} ${policyName}`,
  read: ({ roleName, policyName }, { policies }) => orNothing(policies[`${roleName} ${policyName}`]),
  back: (action, value) => (action.kind === 'put-role-policy' ? unput(action, value) : undelete(action, value)),
  write: (action, { from, to }) => {
    const { roleName, roleArn, policyName, family, fileSystemId } = action;
    const about = { roleName, roleArn, policyName, family, fileSystemId };
    if (to === NOTHING) return { kind: 'delete-role-policy', ...about, previous: from };
    return { kind: 'put-role-policy', ...about, document: to, previous: from === NOTHING ? null : from };
  },
};

function undelete({ previous, policyName }: DeleteRolePolicy, value: string): Back {
  return value === NOTHING ? { value: previous } : { refused: `Somebody put the policy ${policyName} again since.` };
}

function unput({ document, previous, policyName }: PutRolePolicy, value: string): Back {
  const edited = `The policy ${policyName} was edited since.`;
  if (value === NOTHING) return { value };
  try {
    if (samePolicy(value, document)) return { value: previous ?? NOTHING };
    return without(entriesOf(value), { now: entriesOf(document), before: entriesOf(previous ?? NOTHING) }, edited);
  } catch (error) {
    // Not one of our documents, or no JSON at all.
    if (error instanceof NotAGrant || error instanceof SyntaxError) return { refused: edited };
    throw error;
  }
}

interface Change {
  readonly now: readonly GrantEntry[];
  readonly before: readonly GrantEntry[];
}

function without(found: readonly GrantEntry[], { now, before }: Change, edited: string): Back {
  const added = now.filter((entry) => !before.some((other) => isSame(entry, other)));
  const there = found.filter((entry) => added.some((other) => other.accessPointArn === entry.accessPointArn));
  if (!there.every((entry) => added.some((other) => isSame(entry, other)))) return { refused: edited };
  const arns = new Set(there.map(({ accessPointArn }) => accessPointArn));
  const kept = found.filter(({ accessPointArn }) => !arns.has(accessPointArn));
  const restored = before.filter(({ accessPointArn }) => arns.has(accessPointArn));
  const entries = [...kept, ...restored];
  return { value: entries.length === 0 ? NOTHING : JSON.stringify(grantDocument(entries)) };
}

function isSame(one: GrantEntry, other: GrantEntry): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function entriesOf(text: string): readonly GrantEntry[] {
  return text === NOTHING ? [] : grantEntries(JSON.parse(text));
}
