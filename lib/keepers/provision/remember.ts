import { seen } from '../../domain/fact.ts';
import { TAG } from '../../domain/tags.ts';
import { enrol } from '../../facts/enrolment.ts';
import type { World } from '../../world.ts';
import type { ProvisionFacts } from './facts.ts';
import { OFTEN, wayOf } from './registrar.ts';
import { keepRegistrar } from './registrar-memory.ts';

/** That the family is enrolled or opted out, whose its services and its role are, and who registers it. */
export async function remember(facts: ProvisionFacts, world: World): Promise<void> {
  await Promise.all([rememberEnrolment(facts, world), rememberThings(facts, world), rememberRegistrar(facts, world)]);
}

async function rememberEnrolment(
  { newest, enrolment, optedIn, input, nowMs }: ProvisionFacts,
  world: World,
): Promise<void> {
  const definition = seen(newest);
  if (!definition) return;
  const value = definition.tags[TAG.enabled];
  const says = value === 'true' || (!optedIn && enrolment?.enrolled === true);
  const known = enrolment?.enrolled === optedIn && (value === undefined || enrolment.revision === definition.revision);
  if (!says || known) return;
  await enrol({ family: input.family, enrolled: optedIn, atMs: nowMs, revision: definition.revision }, world);
}

async function rememberThings({ family, input, belongings }: ProvisionFacts, world: World): Promise<void> {
  if (!family) return;
  const known = new Set(belongings.map(({ resource }) => resource));
  const role = family.sources.source.taskRoleArn;
  const services = (seen(family.services) ?? []).filter(({ arn }) => !known.has(arn));
  await Promise.all([
    ...services.map(({ arn, clusterArn }) =>
      world.ledger.belongs({ resource: arn, family: input.family, note: { clusterArn } }),
    ),
    ...(role !== undefined && !known.has(role) ? [world.ledger.belongs({ resource: role, family: input.family })] : []),
  ]);
}

/** Who registers again and again stays the owner; a tool stays it until a person registers. */
async function rememberRegistrar({ family, input }: ProvisionFacts, world: World): Promise<void> {
  if (!family) return;
  const way = wayOf(family);
  const often = way.kind === 'publish' && way.why === OFTEN ? OFTEN : undefined;
  await keepRegistrar(input.family, family.registrar ?? often, world);
}
