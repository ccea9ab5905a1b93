import { seen } from '../../domain/fact.ts';
import { parseTaskDefinitionName } from '../../domain/ids.ts';
import { enrolments } from '../../facts/enrolment.ts';
import type { Settings } from '../../settings.ts';
import type { Self, World } from '../../world.ts';
import { type FamilyLook, lookAtFamily } from './gather-family.ts';
import { fromLedger, gatherInstallation, type InstallationFacts } from './gather-installation.ts';
import type { DoctorInput } from './parse.ts';

export interface DoctorFacts {
  readonly self: Self;
  readonly nowMs: number;
  readonly guard: 'strict' | 'relaxed';
  readonly installation: InstallationFacts;
  readonly families: readonly FamilyLook[];
  /** Why there may be more families than these. */
  readonly familiesUnknown?: string;
}

/** So many families at once: their reads share calls, and no API of the account is flooded. */
const AT_ONCE = 8;

export function gather(input: DoctorInput, world: World, settings: Settings): Promise<DoctorFacts> {
  return gatherTelling(input, { world, settings, progress: () => {} });
}

interface Telling {
  readonly world: World;
  readonly settings: Settings;
  /** Called with how many families were looked at, and of how many. */
  readonly progress: (done: number, all: number) => void;
}

/** The same, for somebody who waits. */
export async function gatherTelling(input: DoctorInput, { world, settings, progress }: Telling): Promise<DoctorFacts> {
  const [installation, asked] = await Promise.all([gatherInstallation(world, settings), familiesOf(input, world)]);
  const looks: FamilyLook[] = [];
  for (let start = 0; start < asked.references.length; start += AT_ONCE) {
    const some = asked.references.slice(start, start + AT_ONCE);
    looks.push(...(await Promise.all(some.map((reference) => lookAtFamily({ ...input, reference }, world)))));
    progress(looks.length, asked.references.length);
  }
  return {
    self: world.self,
    nowMs: world.nowMs(),
    guard: settings.guard === 'relaxed' ? 'relaxed' : 'strict',
    installation,
    families: looks,
    ...(asked.unknown === undefined ? {} : { familiesUnknown: asked.unknown }),
  };
}

interface Asked {
  readonly references: readonly string[];
  readonly unknown?: string;
}

/** Every family that opted in: by a tag that is there now, or by an earlier revision, as the ledger knows. */
async function familiesOf({ reference }: DoctorInput, world: World): Promise<Asked> {
  if (reference !== undefined) return { references: [reference] };
  const [tagged, enrolled] = await Promise.all([world.tagged.taskDefinitions(), fromLedger(() => enrolments(world))]);
  const byTag = (seen(tagged) ?? []).flatMap(({ arn }) => parseTaskDefinitionName(arn)?.family ?? []);
  const byLedger = (seen(enrolled) ?? []).flatMap((one) => (one.enrolled ? [one.family] : []));
  const whys = [tagged, enrolled].flatMap((fact) => (fact.state === 'unknown' ? [fact.why] : []));
  return {
    references: [...new Set([...byTag, ...byLedger])].toSorted(),
    ...(whys.length === 0 ? {} : { unknown: whys.join('; ') }),
  };
}
