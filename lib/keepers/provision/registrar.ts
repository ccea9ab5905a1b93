import { TAG } from '../../domain/tags.ts';
import type { Family } from './facts.ts';

/** Tools whose next run would take a wired revision for drift and register over it. */
const TOOLS: readonly (readonly [name: string, agent: RegExp])[] = [
  ['Terraform', /terraform|opentofu/i],
  ['CloudFormation', /cloudformation/i],
  ['Pulumi', /pulumi/i],
];

/** The tool that a user agent names; undefined for people and pipelines. */
export function toolOf(userAgent: string): string | undefined {
  return TOOLS.find(([, agent]) => agent.test(userAgent))?.[0];
}

/** Registered wired and found unwired again: this often in a day means that somebody else owns the family. */
const UNWIRED_AGAIN = 3;
export const OFTEN = 'somebody who registers it again and again';

export type Way = { readonly kind: 'revision' } | { readonly kind: 'publish'; readonly why: string };

/** Whether Mountkeeper registers the wired revision itself, or only publishes the ids for whoever owns the family. */
export function wayOf({ wishes, sources, registrar, recent }: Family): Way {
  if (wishes.wire === 'revision') return { kind: 'revision' };
  if (wishes.wire === 'publish') return { kind: 'publish', why: `${TAG.wire} is publish` };
  const { tags } = sources.source;
  if (Object.keys(tags).some((key) => key.startsWith('aws:cloudformation:')))
    return { kind: 'publish', why: 'CloudFormation made the revision' };
  if (registrar === OFTEN) return { kind: 'publish', why: OFTEN };
  if (registrar !== undefined) return { kind: 'publish', why: `${registrar} made the revision` };
  const times = recent.filter(({ action, state }) => action.kind === 'register-revision' && state === 'done').length;
  return times >= UNWIRED_AGAIN ? { kind: 'publish', why: OFTEN } : { kind: 'revision' };
}
