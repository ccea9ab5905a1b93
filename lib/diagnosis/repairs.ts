import { type Fact, mapFact } from '../domain/fact.ts';
import type { Finding } from '../domain/finding.ts';
import type { Keyring, Step, WithheldStep } from '../domain/plan.ts';
import type { Tags } from '../domain/tags.ts';
import type { MountFacts } from './mount-facts.ts';
import { changeOf, type Draft, stepOf, withheldOf } from './repairs/draft.ts';
import { draftGrants } from './repairs/grant.ts';
import { draftOpenings } from './repairs/network.ts';
import { type OptIn, ownerHold } from './repairs/owner-holds.ts';
import { judgeEnforcement } from './unenforced.ts';

export interface Repairs {
  readonly steps: readonly Step[];
  readonly withheld: readonly WithheldStep[];
  /** Tags of every file system, group and role that a step touches. */
  readonly keyring: Keyring;
  /** What has to be said beside these changes. */
  readonly findings: readonly Finding[];
}

/**
 * What Mountkeeper itself can repair of what was found: openings between groups and grants on the task role. Faults of
 * the task definition are told, never worked around by opening something.
 */
export function repairs(facts: MountFacts, findings: readonly Finding[], optIn: OptIn = {}): Repairs {
  const drafts = [...draftOpenings(facts, findings), ...draftGrants(facts, findings)].map((draft) =>
    // The missing key comes first: it is what its owner can do something about.
    withHold(draft, ownerHold(facts, draft.volume, optIn) ?? draft.hold),
  );
  const steps = distinct(drafts.filter(({ hold }) => hold === undefined));
  const done = new Set(steps.map(changeOf));
  const withheld = distinct(drafts.filter((draft) => draft.hold !== undefined && !done.has(changeOf(draft))));
  const volumes = [...new Set(drafts.map(({ volume }) => volume))];
  return {
    steps: steps.map(stepOf),
    withheld: withheld.flatMap((draft) => (draft.hold ? [withheldOf(draft, draft.hold)] : [])),
    keyring: Object.assign({}, ...drafts.map(keysOf)),
    findings: volumes.flatMap((volume) => judgeEnforcement(facts, volume)),
  };
}

function withHold(draft: Draft, hold: Draft['hold']): Draft {
  return hold ? { ...draft, hold } : draft;
}

function keysOf({ touched, volume }: Draft): Readonly<Record<string, Fact<Tags>>> {
  return { ...touched, [volume.efs.fileSystemId]: mapFact(volume.fileSystem, ({ tags }) => tags) };
}

function distinct(drafts: readonly Draft[]): readonly Draft[] {
  return [...Map.groupBy(drafts, changeOf).values()].flatMap(([first]) => (first ? [first] : []));
}
