import type { Launch } from '../diagnosis/mount-facts.ts';
import type { Instance } from '../domain/ec2.ts';
import type { ContainerInstance } from '../domain/ecs.ts';
import { type Fact, unknown } from '../domain/fact.ts';
import type { World } from '../world.ts';
import { launchTypeOf, type MountInput, servicesOf, usesOwnInterface } from './mount-input.ts';

/** Stop reasons that the agent of the container instance can be behind. */
const OF_THE_AGENT: ReadonlySet<string> = new Set(['agent-capability', 'tls-tunnel-failed', 'mount-unknown']);

/** The container instance is read where its interface mounts, or where its agent may be at fault. */
export async function gatherLaunch(input: MountInput, world: World): Promise<Launch> {
  const { task, taskDefinition } = input;
  const type = launchTypeOf(input);
  const platformVersion = task?.platformVersion ?? servicesOf(input)[0]?.platformVersion;
  const launch = { type, networkMode: taskDefinition.networkMode, ...(platformVersion && { platformVersion }) };
  if (!task?.containerInstanceArn || type === 'FARGATE' || !needsInstance(input)) return launch;
  const containerInstance = await world.ecs.containerInstance(task.clusterArn, task.containerInstanceArn);
  if (usesOwnInterface(input)) return { ...launch, containerInstance };
  return { ...launch, containerInstance, instance: await instanceOf(containerInstance, world) };
}

function needsInstance(input: MountInput): boolean {
  return !usesOwnInterface(input) || input.told === undefined || OF_THE_AGENT.has(input.told.kind);
}

async function instanceOf(fact: Fact<ContainerInstance>, world: World): Promise<Fact<Instance>> {
  if (fact.state === 'unknown') return fact;
  const id = fact.state === 'present' ? fact.value.ec2InstanceId : undefined;
  return id === undefined ? unknown('the container instance names no EC2 instance') : await world.ec2.instance(id);
}
