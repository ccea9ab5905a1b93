import type { TaskDefinition } from '../../domain/ecs.ts';
import { type Fact, seen } from '../../domain/fact.ts';
import type { Finding } from '../../domain/finding.ts';
import { parseTaskDefinitionName } from '../../domain/ids.ts';
import type { JournalEntry } from '../../domain/journal.ts';
import type { Keyring, Step } from '../../domain/plan.ts';
import { TAG } from '../../domain/tags.ts';
import type { Family } from './facts.ts';
import { OFTEN, wayOf } from './registrar.ts';
import { rollOut } from './roll-out.ts';
import { parameterPath, snippets } from './snippets.ts';
import { isWired, type Wired, type WiredVolume, type Wiring, wire } from './wire.ts';

export interface Wirings {
  readonly steps: readonly Step[];
  readonly findings: readonly Finding[];
  readonly keyring: Keyring;
}

export interface ToWire {
  readonly family: Family;
  readonly volumes: readonly WiredVolume[];
  /** A grant is written by the same plan: tasks that start before IAM knows it everywhere are denied. */
  readonly withGrant: boolean;
  readonly nowMs: number;
}

/** The walk over the plan puts the ARN of what it registered here. */
const REGISTERED = `$\{revision:arn}`;

/** IAM is eventually consistent: seconds as a rule (IAM user guide, "Changes that I make are not always immediately visible"). */
const SPREAD_MS = 10_000;
/** One registration a minute a family, of the one a second that ECS gives the whole account. */
const BETWEEN_MS = 60_000;

/** The last steps of a plan: a wired revision and the services that may be moved to it, or the published ids. */
export function wiringOf(toWire: ToWire): Wirings {
  const { family, volumes } = toWire;
  const way = wayOf(family);
  if (way.kind === 'publish') return published(family, { volumes, why: way.why });
  const { source, newest, newestIsOurs } = family.sources;
  const wiring: Wiring = { source, volumes };
  const wired = wire(wiring);
  const isNewest = source.arn === newest.arn;
  // Tags are anybody's to write: what a revision says it was made from counts only where it is proven ours.
  const origins = isNewest && newestIsOurs ? originsOf(source, family) : new Set<number>();
  if (isWired(wiring) && isNewest) {
    return rollOut(family, {
      taskDefinition: source.arn,
      fromRevisions: origins,
      specHash: source.tags[TAG.spec],
    });
  }
  const rolling = rollOut(family, {
    taskDefinition: REGISTERED,
    fromRevisions: new Set([source.revision, ...origins]),
    specHash: wired.specHash,
  });
  const told: Finding = { code: 'volume-not-wired', subject: source.arn, evidence: {} };
  const step = registering(toWire, wired);
  return { ...rolling, steps: [step, ...rolling.steps], findings: [told, ...rolling.findings] };
}

/** What a revision of ours was made from, and that one where it was ours as well: a service may be on the first of them. */
function originsOf({ tags }: TaskDefinition, { recent }: Family): ReadonlySet<number> {
  const origins = new Set<number>();
  let from = parseTaskDefinitionName(tags[TAG.wiredFrom] ?? '')?.revision;
  while (from !== undefined && !origins.has(from)) {
    origins.add(from);
    from = sourceOf(from, recent);
  }
  return origins;
}

function sourceOf(revision: number, recent: readonly JournalEntry[]): number | undefined {
  const made = recent.find(({ made }) => made?.['revision'] === String(revision));
  return made?.action.kind === 'register-revision' ? made.action.sourceRevision : undefined;
}

function registering({ family, withGrant, nowMs }: ToWire, { input, specHash }: Wired): Step {
  const { source, newest } = family.sources;
  const last = family.recent.find(({ action, state }) => action.kind === 'register-revision' && state === 'done');
  const sinceLastMs = last ? nowMs - last.atMs : BETWEEN_MS;
  const waitMs = Math.max(withGrant ? SPREAD_MS : 0, BETWEEN_MS - sinceLastMs);
  return {
    action: {
      kind: 'register-revision',
      family: source.family,
      sourceRevision: source.revision,
      ...(newest.revision === source.revision ? {} : { newestRevision: newest.revision }),
      ...(waitMs > 0 ? { waitMs } : {}),
      specHash,
      input,
      passesRoleArns: [source.taskRoleArn, source.executionRoleArn].filter((arn) => arn !== undefined),
    },
    because: ['volume-not-wired'],
  };
}

function published(
  family: Family,
  { volumes, why }: { readonly volumes: readonly WiredVolume[]; readonly why: string },
): Wirings {
  const { source } = family.sources;
  const steps = volumes.flatMap((volume) => publishing(volume, { family: source.family, now: family.published }));
  const unwired = !isWired({ source, volumes });
  const code = why === OFTEN ? 'owned-by-somebody-else' : 'ids-published';
  const findings = volumes.map(
    ({ wish }): Finding => ({ code, subject: wish.name, evidence: { why, ...snippets(source.family, wish.name) } }),
  );
  return { steps, findings: steps.length > 0 || unwired ? findings : [], keyring: {} };
}

function publishing(
  { wish, point }: WiredVolume,
  { family, now }: { readonly family: string; readonly now: Fact<Readonly<Record<string, string>>> },
): readonly Step[] {
  const path = parameterPath(family, wish.name);
  const parameters = { [`${path}/access-point-id`]: point.id, [`${path}/file-system-id`]: wish.fileSystemId };
  const known = seen(now) ?? {};
  if (Object.entries(parameters).every(([name, value]) => known[name] === value)) return [];
  const previous = Object.fromEntries(Object.keys(parameters).map((name) => [name, known[name] ?? null]));
  return [
    {
      action: { kind: 'publish-volume', family, volume: wish.name, parameters, previous },
      because: ['ids-published'],
    },
  ];
}
