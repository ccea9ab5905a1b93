import type { Service } from '../../domain/ecs.ts';
import { present, seen } from '../../domain/fact.ts';
import type { Finding } from '../../domain/finding.ts';
import { parseTaskDefinitionName } from '../../domain/ids.ts';
import type { Keyring, Step } from '../../domain/plan.ts';
import { hasKey, TAG } from '../../domain/tags.ts';
import type { Family } from './facts.ts';

export interface RollOut {
  readonly steps: readonly Step[];
  readonly findings: readonly Finding[];
  readonly keyring: Keyring;
}

export interface Target {
  /** The wired revision: an ARN, or the place of the one that the plan registers. */
  readonly taskDefinition: string;
  /** The revisions that it was made from, one from the other: services on any other are their owner's to move. */
  readonly fromRevisions: ReadonlySet<number>;
  readonly specHash: string | undefined;
}

/** Moves services from the revision that was wired to the wired one, where their owner lets Mountkeeper do so. */
export function rollOut(family: Family, target: Target): RollOut {
  const behind = (seen(family.services) ?? []).filter((service) => isBehind(service, { family, target }));
  const back = behind.filter((service) => isBack(service, { family, target }));
  const movable = behind.filter(
    (service) => !back.includes(service) && hasKey(service.tags, TAG.deploy) && service.controller === 'ECS',
  );
  const others = behind.filter((service) => !back.includes(service) && !movable.includes(service));
  return {
    steps: movable.map((service) => moveOf(service, target.taskDefinition)),
    findings: [...back.map(rolledBack), ...others.map(notInUse)],
    keyring: Object.fromEntries(movable.map(({ arn, tags }) => [arn, present(tags)])),
  };
}

interface Aim {
  readonly family: Family;
  readonly target: Target;
}

/** A service that was moved to another family is still one of this one's while its older deployments run. */
function isBehind({ taskDefinitionArn }: Service, { family, target }: Aim): boolean {
  const runs = parseTaskDefinitionName(taskDefinitionArn);
  if (taskDefinitionArn === target.taskDefinition || runs?.revision === undefined) return false;
  return runs.family === family.sources.source.family && target.fromRevisions.has(runs.revision);
}

/** Mountkeeper moved it once, to this revision or to one of the same wiring, and it is back: it is not moved again. */
function isBack({ arn }: Service, { family, target }: Aim): boolean {
  const move = family.moved[arn];
  if (!move) return false;
  if (move.taskDefinitionArn === target.taskDefinition) return true;
  return move.specHash !== undefined && move.specHash === target.specHash;
}

function moveOf({ arn, clusterArn, taskDefinitionArn }: Service, taskDefinition: string): Step {
  return {
    action: {
      kind: 'update-service',
      clusterArn,
      serviceArn: arn,
      family: parseTaskDefinitionName(taskDefinitionArn)?.family ?? '',
      taskDefinition,
      previousTaskDefinition: taskDefinitionArn,
      forceNewDeployment: false,
    },
    because: ['volume-not-wired'],
  };
}

function rolledBack({ arn, taskDefinitionArn }: Service): Finding {
  return { code: 'roll-out-rolled-back', subject: arn, evidence: { now: taskDefinitionArn } };
}

function notInUse({ arn, name, clusterArn, controller, taskDefinitionArn }: Service): Finding {
  const family = parseTaskDefinitionName(taskDefinitionArn)?.family ?? '';
  const cluster = clusterArn.split('/').at(-1);
  const command = `aws ecs update-service --cluster ${cluster} --service ${name} --task-definition ${family}`;
  const evidence =
    controller === 'ECS'
      ? { runs: taskDefinitionArn, command }
      : { runs: taskDefinitionArn, deployedBy: `the ${controller} controller, which Mountkeeper cannot move` };
  return { code: 'not-in-use-yet', subject: arn, evidence };
}
