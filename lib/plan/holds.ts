import type { Action, PutRolePolicy } from '../domain/action.ts';
import { wishOf } from '../domain/action-traits.ts';
import type { Plan } from '../domain/plan.ts';

/**
 * The names under which a reverted change is held. A policy holds grants of several families and is written as a whole,
 * so its text says little: what is held is each access point that the change granted, or granted more of. Whoever takes
 * back a grant to read does not want one to write either.
 */
export function holdsOf(action: Action): readonly string[] {
  const added = action.kind === 'put-role-policy' ? addedBy(action) : [];
  return added.length > 0 ? added : [wishOf(action)];
}

/** Why something is held, in words; of what change is read out of it again. */
export function heldFor(changeId: string): string {
  return `The change ${changeId} was reverted.`;
}

export function holdsIn(plan: Plan): readonly string[] {
  return [...new Set(plan.steps.flatMap(({ action }) => holdsOf(action)))];
}

function addedBy({ document, previous, family, roleArn, fileSystemId }: PutRolePolicy): readonly string[] {
  const before = new Set((previous === null ? [] : grantsIn(previous)).map(textOf));
  const added = grantsIn(document).filter((grant) => !before.has(textOf(grant)));
  return [...new Set(added.map(({ accessPoint }) => `grant ${family} ${roleArn} ${fileSystemId} ${accessPoint}`))];
}

interface Statement {
  readonly Sid?: string;
  readonly Condition?: { readonly ArnEquals?: Readonly<Record<string, unknown>> };
}

interface Grant {
  readonly kind: string;
  readonly accessPoint: string;
}

function textOf({ kind, accessPoint }: Grant): string {
  return `${kind} ${accessPoint}`;
}

/** Read loosely: an access point may have no ARN yet. */
function grantsIn(text: string): readonly Grant[] {
  const statements = statementsOf(text);
  return statements.flatMap(({ Sid = '', Condition }) => {
    const named = Condition?.ArnEquals?.['elasticfilesystem:AccessPointArn'];
    return [named ?? []].flat().map((accessPoint) => ({ kind: Sid, accessPoint: String(accessPoint) }));
  });
}

function statementsOf(text: string): readonly Statement[] {
  try {
    const { Statement } = JSON.parse(text) as { readonly Statement?: Statement | readonly Statement[] };
    return [Statement ?? []].flat();
  } catch {
    return [];
  }
}
