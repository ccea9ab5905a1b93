import { createClients } from './clients.ts';
import { toRefusal } from './errors.ts';
import type { ClientSettings } from './setup.ts';

export interface TagOf {
  readonly thing: 'task-definition' | 'file-system' | 'role' | 'security-group';
  /** ARN of a task definition, id of a file system or group, name of a role. */
  readonly id: string;
  readonly tag: string;
  readonly value: string;
}

/** Sets one tag as the caller; other tags stay. Throws `Refusal`. No function of the stack uses it. */
export type SetTag = (wanted: TagOf) => Promise<void>;

export function createSetTag(settings: ClientSettings): SetTag {
  const { ecs, efs, iam, ec2 } = createClients(settings);
  const calls: Readonly<Record<TagOf['thing'], (wanted: TagOf) => Promise<unknown>>> = {
    'task-definition': async ({ id, tag, value }) =>
      (await ecs()).tag({ resourceArn: id, tags: [{ key: tag, value }] }),
    'file-system': async ({ id, tag, value }) =>
      (await efs()).tag({ ResourceId: id, Tags: [{ Key: tag, Value: value }] }),
    role: async ({ id, tag, value }) => (await iam()).tag({ RoleName: id, Tags: [{ Key: tag, Value: value }] }),
    'security-group': async ({ id, tag, value }) =>
      (await ec2()).tag({ Resources: [id], Tags: [{ Key: tag, Value: value }] }),
  };
  return async (wanted) => {
    try {
      await calls[wanted.thing](wanted);
    } catch (error) {
      throw toRefusal(error);
    }
  };
}
