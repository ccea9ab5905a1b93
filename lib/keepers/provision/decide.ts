import { diagnose } from '../../diagnosis/diagnose.ts';
import type { MountFacts } from '../../diagnosis/mount-facts.ts';
import { ownerHold } from '../../diagnosis/repairs/owner-holds.ts';
import { repairs } from '../../diagnosis/repairs.ts';
import { judgeEnforcement } from '../../diagnosis/unenforced.ts';
import { mapFact, present, seen } from '../../domain/fact.ts';
import type { Finding } from '../../domain/finding.ts';
import { type Decision, EMPTY_PLAN, type Keyring, type Step, type WithheldStep } from '../../domain/plan.ts';
import { TAG } from '../../domain/tags.ts';
import type { Family, ProvisionFacts } from './facts.ts';
import { type Grants, grantsFor } from './grants.ts';
import { type Resolved, resolve } from './resolve.ts';
import { withoutStandIns } from './stand-ins.ts';
import { type WiredVolume, wiredView } from './wire.ts';
import { type Wirings, wiringOf } from './wiring.ts';

/** One decision for the family: what is missing on the way from its tags to a working mount, in the order of the steps. */
export function decide(facts: ProvisionFacts): readonly Decision[] {
  const { newest, family, input, optedIn } = facts;
  if (newest.state === 'unknown') return optedIn || input.byHand ? [notSeen(facts, newest.why)] : [];
  if (newest.state === 'absent') return orphaned(facts);
  if (!family) return input.byHand ? [notOptedIn(facts)] : [];
  if (family.wishes.mistakes.length > 0) return [decision(facts, { findings: family.wishes.mistakes })];
  return [planned(facts, family)];
}

function planned(facts: ProvisionFacts, family: Family): Decision {
  const resolved = family.wishes.volumes.map((wish, index) => resolve(facts, wish, index));
  const judged = judge(family, resolved);
  const creating = creations(resolved, judged);
  const withGrant = judged.grants.steps.length > 0;
  const wiring = wiringFor(resolved, { family, withGrant, nowMs: facts.nowMs });
  const all = [...creating.steps, ...judged.openings.steps, ...judged.grants.steps, ...wiring.steps];
  const steps = creating.steps.length > 0 ? all.map((step): Step => ({ ...step, firstTime: true })) : all;
  const withheld = [...creating.withheld, ...judged.openings.withheld, ...judged.grants.withheld];
  const findings = [
    ...resolved.flatMap((one) => one.findings),
    ...judged.findings,
    ...judged.grants.findings,
    ...wiring.findings,
  ];
  const final = withoutStandIns({ plan: { steps, withheld }, findings }, resolved);
  const keyring = { ...judged.keyring, ...judged.grants.keyring, ...wiring.keyring, ...fileSystemKeys(family) };
  return { ...decision(facts, final), plan: final.plan, keyring };
}

/** Nothing is wired while one of the volumes has no access point to be wired to. */
function wiringFor(
  resolved: readonly Resolved[],
  about: { readonly family: Family; readonly withGrant: boolean; readonly nowMs: number },
): Wirings {
  const volumes = resolved.flatMap(({ wish, point }): readonly WiredVolume[] => (point ? [{ wish, point }] : []));
  if (volumes.length < resolved.length || volumes.length === 0) return { steps: [], findings: [], keyring: {} };
  return wiringOf({ ...about, volumes });
}

interface Judged {
  readonly mount: MountFacts | undefined;
  readonly findings: readonly Finding[];
  readonly openings: { readonly steps: readonly Step[]; readonly withheld: readonly WithheldStep[] };
  readonly grants: Grants;
  readonly keyring: Keyring;
}

/** The same rules and repairs that judge a mount that failed, on the family as it will be. */
function judge(family: Family, resolved: readonly Resolved[]): Judged {
  const mount = viewed(family, resolved);
  const none = { steps: [], withheld: [], findings: [], keyring: {} };
  if (!mount) return { mount, findings: [], openings: none, grants: none, keyring: {} };
  const found = diagnose(mount).findings;
  const repair = repairs(mount, found, { enrolled: true });
  const grants = grantsFor({ mount, found });
  const isOpening = ({ action }: Step) => action.kind !== 'put-role-policy';
  const openings = { steps: repair.steps.filter(isOpening), withheld: repair.withheld.filter(isOpening) };
  const enforcement = mount.volumes.flatMap((volume) => judgeEnforcement(mount, volume));
  const findings = distinct([...found, ...repair.findings, ...enforcement, ...networkUnknown(family)]);
  return { mount, findings, openings, grants, keyring: repair.keyring };
}

/** What was gathered, with the volumes as they will be; those that are held back are left out. */
function viewed({ mount, sources }: Family, resolved: readonly Resolved[]): MountFacts | undefined {
  const volumes = resolved.flatMap(({ wish, point, hold }) => (point && !hold ? [{ wish, point }] : []));
  if (!mount || volumes.length === 0) return undefined;
  const taskDefinition = wiredView({ source: sources.source, volumes });
  const views = volumes.flatMap(({ wish, point }) => {
    const facts = mount.volumes.find(({ name }) => name === wish.name);
    const efs = taskDefinition.volumes.find(({ name }) => name === wish.name)?.efs;
    return facts && efs ? [{ ...facts, efs, accessPoint: present(point) }] : [];
  });
  return { ...mount, taskDefinition, volumes: views };
}

function creations(
  resolved: readonly Resolved[],
  { mount }: Judged,
): { readonly steps: readonly Step[]; readonly withheld: readonly WithheldStep[] } {
  const all = resolved.flatMap(({ creates, hold, wish }) => {
    if (!creates) return [];
    const volume = mount?.volumes.find(({ name }) => name === wish.name);
    const held = hold ?? (mount && volume ? ownerHold(mount, volume, { enrolled: true }) : undefined);
    return [{ step: { action: creates, because: ['volume-without-access-point'] } satisfies Step, held }];
  });
  return {
    steps: all.flatMap(({ step, held }) => (held ? [] : [step])),
    withheld: all.flatMap(({ step, held }) => (held ? [{ ...step, ...held }] : [])),
  };
}

function networkUnknown({ services, sources }: Family): readonly Finding[] {
  if (services.state === 'present' && services.value.length > 0) return [];
  const why = services.state === 'unknown' ? services.why : 'no service runs the family yet';
  return [{ code: 'network-unknown', subject: sources.source.family, evidence: { why } }];
}

function fileSystemKeys({ storages }: Family): Keyring {
  return Object.fromEntries(
    Object.entries(storages).map(([id, { fileSystem }]) => [id, mapFact(fileSystem, ({ tags }) => tags)]),
  );
}

function orphaned(facts: ProvisionFacts): readonly Decision[] {
  const { orphans, input } = facts;
  if (orphans.length === 0) return input.byHand ? [notSeen(facts, 'there is no active revision of it')] : [];
  const findings = orphans.map(
    ({ id, path, fileSystemId }): Finding => ({
      code: 'access-point-orphaned',
      subject: id,
      evidence: { path, fileSystem: fileSystemId },
    }),
  );
  return [decision(facts, { findings })];
}

function notSeen(facts: ProvisionFacts, why: string): Decision {
  const { family } = facts.input;
  const finding: Finding = { code: 'not-checked', subject: family, evidence: { what: 'the task definition', why } };
  return { ...decision(facts, { findings: [finding] }), quiet: facts.input.byHand };
}

function notOptedIn(facts: ProvisionFacts): Decision {
  const arn = seen(facts.newest)?.arn ?? facts.input.family;
  const command = `aws ecs tag-resource --resource-arn ${arn} --tags key=${TAG.enabled},value=true`;
  const finding: Finding = { code: 'key-missing', subject: arn, evidence: { command } };
  return { ...decision(facts, { findings: [finding] }), quiet: true };
}

function decision(facts: ProvisionFacts, { findings }: { readonly findings: readonly Finding[] }): Decision {
  const { family } = facts.input;
  const fileSystemId = facts.family?.wishes.volumes[0]?.fileSystemId;
  const modeTag = seen(facts.newest)?.tags[TAG.mode];
  return {
    subject: { family, thing: `family:${family}`, ...(fileSystemId === undefined ? {} : { fileSystemId }) },
    findings,
    plan: EMPTY_PLAN,
    keyring: {},
    ...(modeTag === undefined ? {} : { modeTag }),
  };
}

function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((one) => [JSON.stringify(one), one])).values()];
}
