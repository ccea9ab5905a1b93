import { notChecked } from '../../diagnosis/rule.ts';
import { ACTION_TRAITS } from '../../domain/action-traits.ts';
import type { Finding } from '../../domain/finding.ts';
import type { NamedPolicy, RolePolicies } from '../../domain/iam.ts';
import type { InstallationFacts } from './gather-installation.ts';
import { CHANGES_OF } from './rules-of-the-stack.ts';

/**
 * Whether the role of each function still allows the calls of the changes that it makes. Conditions and resources are
 * not weighed, a Deny of the organization is not seen: this finds a role that is gone or was edited by hand.
 */
export function judgeRights({ roles }: InstallationFacts): readonly Finding[] {
  return roles.flatMap(({ keeper, name, policies }) => {
    const title = `rights of ${name}`;
    if (policies.state === 'unknown') return [notChecked(title, policies.why)];
    if (policies.state === 'absent') return [lacking(name, 'the role does not exist')];
    const texts = textsOf(policies.value);
    if (typeof texts === 'string') return [notChecked(title, texts)];
    const allowed = texts.flatMap(allowedIn);
    const needed = [...new Set((CHANGES_OF[keeper] ?? []).flatMap((kind) => ACTION_TRAITS[kind].permissions))];
    const missing = needed.filter((action) => !allowed.some((pattern) => matches(pattern, action)));
    return missing.length === 0 ? [] : [lacking(name, missing.toSorted().join(' '))];
  });
}

function lacking(role: string, lacks: string): Finding {
  return { code: 'right-missing', subject: role, evidence: { lacks } };
}

/** Every document, or why one of them is not known. */
function textsOf({ inline, attached }: RolePolicies): readonly string[] | string {
  const texts: string[] = [];
  for (const shelf of [inline, attached]) {
    if (shelf.state === 'unknown') return shelf.why;
    for (const policy of shelf.state === 'present' ? shelf.value : []) {
      if (policy.document.state !== 'present') return whyOf(policy);
      texts.push(policy.document.value);
    }
  }
  return texts;
}

function whyOf({ name, document }: NamedPolicy): string {
  return document.state === 'unknown' ? document.why : `the policy ${name} has no document`;
}

interface Statement {
  readonly Effect?: unknown;
  readonly Action?: unknown;
}

function allowedIn(text: string): readonly string[] {
  const { Statement: found } = JSON.parse(text) as { readonly Statement?: Statement | readonly Statement[] };
  const statements = Array.isArray(found)
    ? (found as readonly Statement[])
    : found === undefined
      ? []
      : [found as Statement];
  return statements
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Action }) => (Array.isArray(Action) ? Action : [Action]).map(String));
}

/** `*` stands for any number of signs, `?` for one; case does not count (IAM user guide, "Action"). */
function matches(pattern: string, action: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'i').test(action);
}
