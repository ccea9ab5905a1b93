import {
  DescribeContainerInstancesCommand,
  type DescribeContainerInstancesCommandInput,
  DescribeServicesCommand,
  type DescribeServicesCommandInput,
  DescribeTaskDefinitionCommand,
  type DescribeTaskDefinitionCommandInput,
  DescribeTasksCommand,
  type DescribeTasksCommandInput,
  ECSClient,
  type ListServicesCommandInput,
  ListTaskDefinitionsCommand,
  type ListTaskDefinitionsCommandInput,
  type ListTasksCommandInput,
  paginateListClusters,
  paginateListServices,
  paginateListTaskDefinitionFamilies,
  paginateListTaskDefinitions,
  paginateListTasks,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  TagResourceCommand,
  type TagResourceCommandInput,
  UpdateServiceCommand,
  type UpdateServiceCommandInput,
} from '@aws-sdk/client-ecs';
import { NO_RETRIES, type Setup } from './setup.ts';
import { keepAnswer, sendWhole } from './wire.ts';

export type EcsApi = ReturnType<typeof createEcs>;

export function createEcs(setup: Setup) {
  const client = setup(ECSClient);
  // A lost answer must not register the same revision twice.
  const once = setup(ECSClient, NO_RETRIES);
  return {
    describeTasks: (input: DescribeTasksCommandInput) => client.send(new DescribeTasksCommand(input)),
    describeServices: (input: DescribeServicesCommandInput) => client.send(new DescribeServicesCommand(input)),
    describeContainerInstances: (input: DescribeContainerInstancesCommandInput) =>
      client.send(new DescribeContainerInstancesCommand(input)),
    listTaskDefinitions: (input: ListTaskDefinitionsCommandInput) => client.send(new ListTaskDefinitionsCommand(input)),
    definitionPages: () => paginateListTaskDefinitions({ client }, { status: 'ACTIVE' }),
    taskPages: (input: ListTasksCommandInput) => paginateListTasks({ client }, input),
    familyPages: () => paginateListTaskDefinitionFamilies({ client }, { status: 'ACTIVE' }),
    clusterPages: () => paginateListClusters({ client }, {}),
    servicePages: (input: ListServicesCommandInput) => paginateListServices({ client }, input),
    tag: (input: TagResourceCommandInput) => client.send(new TagResourceCommand(input)),
    updateService: (input: UpdateServiceCommandInput) => client.send(new UpdateServiceCommand(input)),
    /** The answer as the SDK knows it, and as it came, with members that the SDK drops. */
    describeTaskDefinition: async (input: DescribeTaskDefinitionCommandInput) => {
      const command = new DescribeTaskDefinitionCommand(input);
      const kept = keepAnswer(command.middlewareStack);
      return { output: await client.send(command), whole: kept() };
    },
    /** Sends every member of the input, also those that the SDK does not know. */
    registerTaskDefinition: (input: Readonly<Record<string, unknown>>) => {
      const command = new RegisterTaskDefinitionCommand(input as unknown as RegisterTaskDefinitionCommandInput);
      sendWhole(command.middlewareStack);
      return once.send(command);
    },
  };
}
