import type { Task } from '../domain/ecs.ts';
import { absent, present, unknown } from '../domain/fact.ts';
import { parseTaskDefinitionName } from '../domain/ids.ts';
import type { EcsReads } from '../verbs.ts';
import { createBatch } from './batch.ts';
import type { Border } from './border.ts';
import type { EcsApi } from './ecs-client.ts';
import { serviceReads } from './ecs-services.ts';
import { toContainerInstance } from './from-ecs.ts';
import { toTaskDefinition } from './from-ecs-definitions.ts';
import { toTask } from './from-ecs-tasks.ts';
import { collect } from './pages.ts';
import { perKey } from './per-key.ts';

/** ECS API reference, DescribeTasks and DescribeContainerInstances: 100 in a call. */
const MOST = 100;

export function createEcsReads(border: Border): EcsReads {
  return { ...definitionReads(border), ...taskReads(border), ...serviceReads(border), ...instanceReads(border) };
}

function definitionReads({
  clients,
  once,
}: Border): Pick<EcsReads, 'taskDefinition' | 'families' | 'newestRevisions' | 'revisions'> {
  return {
    taskDefinition: (reference) =>
      once.read(`ecs.taskDefinition ${reference}`, async (note) => {
        const api = await clients.ecs();
        const { output, whole } = await api.describeTaskDefinition({ taskDefinition: reference, include: ['TAGS'] });
        const { taskDefinition, tags } = output;
        if (taskDefinition === undefined) return absent;
        const raw = whole?.['taskDefinition'] as Readonly<Record<string, unknown>> | undefined;
        const found = toTaskDefinition({ taskDefinition, tags, whole: raw });
        const names = [found.arn, `${found.family}:${found.revision}`];
        for (const name of names) note(`ecs.taskDefinition ${name}`, present(found));
        return present(found);
      }),
    families: () =>
      once.read('ecs.families', async () => {
        const api = await clients.ecs();
        return present(await collect(api.familyPages(), (page) => page.families));
      }),
    newestRevisions: (most) =>
      once.read(`ecs.newestRevisions ${most}`, async () => {
        const api = await clients.ecs();
        const arns = await collect(api.definitionPages(), (page) => page.taskDefinitionArns, most + 1);
        return arns.length > most ? unknown(`there are more than ${most} active revisions`) : present(newestOf(arns));
      }),
    revisions: (family, { status, limit }) =>
      once.read(`ecs.revisions ${family} ${status} ${limit}`, async () => {
        const api = await clients.ecs();
        // `familyPrefix` takes a whole family name, in spite of its own (ECS API reference, ListTaskDefinitions).
        const { taskDefinitionArns = [] } = await api.listTaskDefinitions({
          familyPrefix: family,
          status,
          sort: 'DESC',
          maxResults: Math.min(limit, MOST),
        });
        return present(taskDefinitionArns.filter((arn) => arn.includes(`:task-definition/${family}:`)));
      }),
  };
}

function newestOf(arns: readonly string[]): ReadonlyMap<string, string> {
  const named = arns.flatMap((arn) => {
    const { family, revision = 0 } = parseTaskDefinitionName(arn) ?? {};
    return family === undefined ? [] : [{ arn, family, revision }];
  });
  const inOrder = named.toSorted((one, other) => one.revision - other.revision);
  return new Map(inOrder.map(({ family, arn }) => [family, arn]));
}

async function describe(api: EcsApi, cluster: string, tasks: readonly string[]): Promise<Task[]> {
  const answer = await api.describeTasks({ cluster, tasks: [...tasks] });
  return (answer.tasks ?? []).map(toTask);
}

function taskReads({ clients, once }: Border): Pick<EcsReads, 'task' | 'tasks'> {
  const tasksOf = perKey((cluster: string) =>
    createBatch<Task>({
      size: MOST,
      load: async (arns) => {
        const found = await describe(await clients.ecs(), cluster, arns);
        return new Map(found.map((task) => [task.arn, task]));
      },
    }),
  );
  return {
    task: (clusterArn, taskArn) => once.read(`ecs.task ${taskArn}`, () => tasksOf(clusterArn)(taskArn)),
    tasks: (clusterArn, { family, status }) =>
      once.read(`ecs.tasks ${clusterArn} ${family} ${status}`, async (note) => {
        const api = await clients.ecs();
        const pages = api.taskPages({ cluster: clusterArn, family, desiredStatus: status });
        const arns = await collect(pages, (page) => page.taskArns);
        const tasks: Task[] = [];
        for (let start = 0; start < arns.length; start += MOST) {
          tasks.push(...(await describe(api, clusterArn, arns.slice(start, start + MOST))));
        }
        for (const task of tasks) note(`ecs.task ${task.arn}`, present(task));
        return present(tasks);
      }),
  };
}

function instanceReads({ clients, once }: Border): Pick<EcsReads, 'containerInstance'> {
  const instancesOf = perKey((cluster: string) =>
    createBatch({
      size: MOST,
      load: async (arns) => {
        const api = await clients.ecs();
        const answer = await api.describeContainerInstances({ cluster, containerInstances: [...arns] });
        const found = (answer.containerInstances ?? []).map(toContainerInstance);
        return new Map(found.map((instance) => [instance.arn, instance]));
      },
    }),
  );
  return {
    containerInstance: (clusterArn, arn) => once.read(`ecs.instance ${arn}`, () => instancesOf(clusterArn)(arn)),
  };
}
