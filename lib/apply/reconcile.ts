import type { CreateAccessPoint, RegisterRevision, UpdateService } from '../domain/action.ts';
import type { JournalEntry } from '../domain/journal.ts';
import type { StepOutcome } from '../domain/plan.ts';
import { TAG } from '../domain/tags.ts';
import { canonicalPolicy } from '../plan/grant/canonical-policy.ts';
import type { World } from '../world.ts';

const LOOK_BACK_MS = 24 * 3_600_000;

/** Longer than any function runs: until then the run that intended a change may still be at it. */
const STILL_AT_IT_MS = 16 * 60_000;

/**
 * Settles what an earlier run left behind when it died: an intent that was never recorded (was the change made?), and
 * changes that nobody was told of. Gives the ones that were made, so that they are told after all.
 */
export async function reconcile(
  family: string,
  { world, runId }: { readonly world: World; readonly runId: string },
): Promise<readonly StepOutcome[]> {
  const nowMs = world.nowMs();
  const recent = await world.ledger.changes({ family, sinceMs: nowMs - LOOK_BACK_MS });
  const left = recent.filter(({ run, atMs, told }) => !told && (run === runId || atMs < nowMs - STILL_AT_IT_MS));
  const settled = await Promise.all(
    left.map((entry) => (entry.state === 'intended' ? settleOne(entry, world) : untold(entry))),
  );
  return settled.flat();
}

function untold({ state, action, because, changeId, made = {} }: JournalEntry): readonly StepOutcome[] {
  return state === 'done' || state === 'already' ? [{ step: { action, because }, changeId, result: state, made }] : [];
}

async function settleOne(entry: JournalEntry, world: World): Promise<readonly StepOutcome[]> {
  const made = await cameTrue(entry, world);
  if (made === undefined) {
    await world.ledger.record(entry.changeId, { state: 'failed', why: 'The run ended before the change took effect.' });
    return [];
  }
  await world.ledger.record(entry.changeId, { state: 'done', made });
  const step = { action: entry.action, because: entry.because };
  return [{ step, changeId: entry.changeId, result: 'done', made }];
}

/** What the change made, where it is there; undefined where it is not. */
async function cameTrue(entry: JournalEntry, world: World): Promise<Readonly<Record<string, string>> | undefined> {
  const { action } = entry;
  switch (action.kind) {
    case 'authorize-ingress':
    case 'authorize-egress':
      return ruleOf(entry.changeId, action.groupId, world);
    case 'put-role-policy': {
      const text = await world.iam.inlinePolicy(action.roleName, action.policyName);
      return text.state === 'present' && canonicalPolicy(text.value) === canonicalPolicy(action.document)
        ? {}
        : undefined;
    }
    case 'delete-role-policy': {
      const text = await world.iam.inlinePolicy(action.roleName, action.policyName);
      return text.state === 'absent' ? {} : undefined;
    }
    case 'update-throughput': {
      const fileSystem = await world.efs.fileSystem(action.fileSystemId);
      return fileSystem.state === 'present' && fileSystem.value.throughputMode === action.mode ? {} : undefined;
    }
    case 'revoke-rule': {
      const rules = await world.ec2.rules(action.groupId);
      return rules.state === 'present' && !rules.value.some((rule) => rule.id === action.ruleId) ? {} : undefined;
    }
    case 'create-access-point':
      return pointOf(action, world);
    case 'register-revision':
      return revisionOf(action, world);
    case 'update-service':
      return movedTo(action, world);
    case 'publish-volume':
    case 'delete-access-point':
      // These are planned again from fresh facts and answer "already" by their value.
      return undefined;
  }
}

type Made = Readonly<Record<string, string>> | undefined;

async function pointOf(action: CreateAccessPoint, world: World): Promise<Made> {
  const points = await world.efs.accessPoints(action.fileSystemId);
  if (points.state !== 'present') return undefined;
  const tags = [TAG.managed, TAG.family, TAG.volume, TAG.spec];
  const point = points.value.find((one) => tags.every((tag) => one.tags[tag] === action.tags[tag]));
  if (!point) return undefined;
  const name = `access-point:${action.volume}`;
  return { [`${name}:id`]: point.id, [`${name}:arn`]: point.arn, accessPointId: point.id };
}

async function revisionOf(action: RegisterRevision, world: World): Promise<Made> {
  const newest = await world.ecs.taskDefinition(action.family);
  if (newest.state !== 'present') return undefined;
  const { tags, arn, revision } = newest.value;
  const same =
    tags[TAG.spec] === action.specHash && tags[TAG.wiredFrom] === `${action.family}:${action.sourceRevision}`;
  if (!same) return undefined;
  await world.ledger.keep('wired', `${action.family} ${action.specHash}`, { revision, arn });
  return { taskDefinitionArn: arn, 'revision:arn': arn, revision: String(revision) };
}

/** What the lost run would have remembered is remembered after all: a service is not moved twice to one revision. */
async function movedTo({ clusterArn, serviceArn, taskDefinition }: UpdateService, world: World): Promise<Made> {
  if (taskDefinition === undefined) return undefined;
  const service = await world.ecs.service(clusterArn, serviceArn);
  if (service.state !== 'present' || service.value.taskDefinitionArn !== taskDefinition) return undefined;
  await world.ledger.keep('moved', serviceArn, { taskDefinition });
  return {};
}

async function ruleOf(
  changeId: string,
  groupId: string,
  world: World,
): Promise<Readonly<Record<string, string>> | undefined> {
  const rules = await world.ec2.rules(groupId);
  if (rules.state !== 'present') return undefined;
  const rule = rules.value.find((one) => one.tags[TAG.journal] === changeId);
  return rule ? { ruleId: rule.id } : undefined;
}
