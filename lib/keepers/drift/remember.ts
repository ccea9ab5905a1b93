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
  await ended.published;
  const failed = new Set(ended.failed.flatMap(({ subject }) => subject.family ?? []));
  for (const family of facts.families) {
    if (family.optedIn && !failed.has(family.family))
      await rememberRadius(currentRadius(family), family.remembered, world);
  }
  for (const [family, provision] of facts.provision) {
    if (!failed.has(family)) await provision.remember(ended);
  }
  if (facts.proof) await closeProved(facts.proof, world);
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
