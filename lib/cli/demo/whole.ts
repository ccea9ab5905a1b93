import type { Scene } from './scene.ts';

/** What a person's faults are in: everything but tasks, services, the ledger, alerts and the trail. */
const PARTS = ['efs', 'ec2', 'iam'] as const;

/** Remembers an estate while it is whole, so that the demo's owner can put back what was broken. */
export function rememberWhole({ account }: Scene): { readonly mend: () => string } {
  const { state } = account;
  const parts = structuredClone(Object.fromEntries(PARTS.map((part) => [part, state[part]])));
  const definitions = structuredClone(state.ecs.taskDefinitions);
  return {
    mend: () => {
      for (const part of PARTS) Object.assign(state[part], structuredClone(parts[part]));
      Object.assign(state.ecs.taskDefinitions, structuredClone(definitions));
      return 'does what the alert says';
    },
  };
}
