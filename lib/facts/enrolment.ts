import type { TaskDefinition } from '../domain/ecs.ts';
import { type Fact, seen } from '../domain/fact.ts';
import { TAG } from '../domain/tags.ts';
import type { World } from '../world.ts';

/** What is remembered of a family that opted in: a later revision without the tag does not opt it out. */
export interface Enrolment {
  readonly family: string;
  readonly enrolled: boolean;
  readonly atMs: number;
  /** The newest revision that carried the tag, or took it back. */
  readonly revision: number;
}

const ROOM = 'families';

export async function enrolmentOf(family: string, world: World): Promise<Enrolment | undefined> {
  return (await world.ledger.recall(ROOM, family)) as Enrolment | undefined;
}

export async function hasEnrolled(family: string, world: World): Promise<boolean> {
  return (await enrolmentOf(family, world))?.enrolled === true;
}

/** `isNew`: the ledger has no row of the family, so it is written without looking. */
export async function enrol(enrolment: Enrolment, world: World, isNew = false): Promise<void> {
  const { keep, keepNew } = world.ledger;
  await (isNew ? keepNew : keep)(ROOM, enrolment.family, enrolment);
}

export async function enrolments(world: World): Promise<readonly Enrolment[]> {
  return [...(await world.ledger.recallAll(ROOM)).values()] as readonly Enrolment[];
}

/** By its tag; a revision without it leaves the family as it was. */
export function isOptedIn(revision: Fact<TaskDefinition>, enrolled: boolean): boolean {
  const tag = seen(revision)?.tags[TAG.enabled];
  return tag === undefined ? enrolled : tag === 'true';
}
