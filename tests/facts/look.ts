import { classify } from '../../lib/diagnosis/classify/classify.ts';
import { type Diagnosis, diagnose } from '../../lib/diagnosis/diagnose.ts';
import type { MountFacts } from '../../lib/diagnosis/mount-facts.ts';
import { type Repairs, repairs } from '../../lib/diagnosis/repairs.ts';
import type { Service, Task, TaskDefinition } from '../../lib/domain/ecs.ts';
import { type Fact, seen } from '../../lib/domain/fact.ts';
import { gatherMount } from '../../lib/facts/gather-mount.ts';
import type { MountInput } from '../../lib/facts/mount-input.ts';
import { type Account, createAccount } from '../../lib/simulator/account.ts';
import { type BreakName, breakIt } from '../../lib/simulator/break-it.ts';
import type { Estate, EstateWishes } from '../../lib/simulator/estate/spec.ts';
import { buildEstate, runEstate } from '../../lib/simulator/estate.ts';
import { worldOn } from '../../lib/simulator/world-on.ts';
import type { World } from '../../lib/world.ts';

export interface Scene {
  readonly account: Account;
  readonly estate: Estate;
  readonly world: World;
}

export function scene(wishes: EstateWishes = {}): Scene {
  const account = createAccount();
  return { account, estate: buildEstate(account, wishes), world: worldOn(account) };
}

export interface Look {
  readonly facts: MountFacts;
  readonly diagnosis: Diagnosis;
  readonly repair: Repairs;
  /** `EFS.DescribeMountTargets` and so on, of gathering alone. */
  readonly calls: readonly string[];
  /** How many calls had to wait for each other. */
  readonly depth: number;
}

/** Breaks the estate, lets its task fail, and looks at it as a keeper does after the stop. */
export async function lookAfter(
  set: Scene,
  name: BreakName | undefined,
  more: Partial<MountInput> = {},
): Promise<Look> {
  const { account, estate, world } = set;
  if (name) breakIt(account, estate, name);
  await runEstate(account, estate);
  const stopped = Object.values(account.state.ecs.tasks).find(({ stopCode }) => stopCode !== undefined);
  const task = stopped && must<Task>(await world.ecs.task(stopped.clusterArn, stopped.arn));
  return look(set, { ...(task && { task, told: told(task) }), ...more });
}

export async function look({ account, estate, world }: Scene, known: Partial<MountInput> = {}): Promise<Look> {
  world.forget();
  const taskDefinition = must<TaskDefinition>(
    await world.ecs.taskDefinition(known.task?.taskDefinitionArn ?? estate.family),
  );
  const service =
    estate.serviceArn === undefined
      ? undefined
      : must<Service>(await world.ecs.service(estate.clusterArn, estate.serviceArn));
  const before = account.calls.length;
  const facts = await gatherMount({ taskDefinition, ...(service && { service }), ...known }, world);
  const made = account.calls.slice(before);
  const diagnosis = diagnose(facts);
  return {
    facts,
    diagnosis,
    repair: repairs(facts, diagnosis.findings),
    calls: made.map(({ service: of, operation }) => `${of}.${operation}`),
    depth: Math.max(0, ...made.map(({ depth }) => depth)) - Math.min(...made.map(({ depth }) => depth)) + 1,
  };
}

function told({ stoppedReason = '', stopCode, containerReasons }: Task): NonNullable<MountInput['told']> {
  return classify({
    text: stoppedReason,
    field: 'stoppedReason',
    ...(stopCode && { stopCode }),
    containerReasons,
    volumes: ['efs'],
  });
}

function must<T>(fact: Fact<T>): T {
  const value = seen(fact);
  if (value === undefined) throw new Error(`not there: ${JSON.stringify(fact)}`);
  return value;
}
