import type { FamilyFacts } from '../../facts/gather-family.ts';
import { eachInTurn } from '../../facts/in-turns.ts';
import { rememberRadius } from '../../facts/radius-memory.ts';
import type { Ended } from '../../keeper.ts';
import { currentRadius } from '../../plan/key-findings.ts';
import { canProve } from '../../plan/proves.ts';
import type { World } from '../../world.ts';
import { closeIncident } from '../close-incident.ts';
import type { DriftFacts } from './gather.ts';
import type { ProofFacts } from './gather-proof.ts';

/** A vanished key is told by comparing with what is remembered: so that is kept after the alert is out, not before. */
export async function remember(facts: DriftFacts, world: World, ended: Ended): Promise<void> {
  const failed = new Set(ended.failed.flatMap(({ subject }) => subject.family ?? []));
  const families = facts.families.filter(({ optedIn, family }) => optedIn && !failed.has(family));
  const provisions = [...facts.provision].filter(([family]) => !failed.has(family));
  const parts: readonly (() => Promise<void>)[] = [
    () => rememberRadii(families, world, ended),
    () => eachInTurn(provisions, 1, ([, provision]) => provision.remember(ended)),
  ];
  await eachInTurn(parts, parts.length, (part) => part());
  if (facts.proof) await closeProved(facts.proof, world);
}

async function rememberRadii(families: readonly FamilyFacts[], world: World, ended: Ended): Promise<void> {
  await ended.published;
  for (const family of families) await rememberRadius(currentRadius(family), family.remembered, world);
}

/** The client is a task by its address or by the name of its session. */
async function closeProved({ proof, open }: ProofFacts, world: World): Promise<void> {
  for (const { incident, tasks } of open) {
    const task = tasks.find(
      (one) =>
        (one.arn.endsWith(`/${proof.session}`) || (proof.address !== '' && one.privateIpv4 === proof.address)) &&
        canProve(one, incident),
    );
    if (!task) continue;
    const words = `EFS admitted task ${task.arn.split('/').at(-1)} through ${proof.accessPointId} at ${proof.at} (NewClientConnection).`;
    await closeIncident({ incident, proof: words }, 'drift', world);
  }
}
