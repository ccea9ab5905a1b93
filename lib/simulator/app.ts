import type { Account } from './account.ts';
import type { SimTaskDefinition } from './ecs-state.ts';
import type { SimTask } from './ecs-task-state.ts';
import { directoriesOf } from './mount/directory.ts';

/** What the application in a container runs into, in its own words. */
export interface AppTrouble {
  readonly container: string;
  readonly line: string;
}

export function appTrouble(task: SimTask): AppTrouble | undefined {
  const refused = task.mounted.find((mount) => !mount.readOnly && !mount.canWrite);
  if (refused === undefined) return undefined;
  const path = `${refused.containerPath}/state.json`;
  const line =
    refused.writeRefusedBy === 'posix'
      ? `PermissionError: [Errno 13] Permission denied: '${path}'`
      : `OSError: [Errno 30] Read-only file system: '${path}'`;
  return { container: refused.container, line };
}

/** The container's log, where it goes to CloudWatch Logs and the group is there. */
export function writeAppLog(
  account: Account,
  task: SimTask,
  { definition, trouble }: { readonly definition: SimTaskDefinition; readonly trouble: AppTrouble },
): void {
  const container = definition.definition.containerDefinitions.find(({ name }) => name === trouble.container);
  const options = container?.logConfiguration?.options ?? {};
  const group = account.state.logs.groups[options['awslogs-group'] ?? ''];
  const taskId = task.arn.split('/').at(-1);
  const stream = `${options['awslogs-stream-prefix'] ?? 'ecs'}/${trouble.container}/${taskId}`;
  group?.events.push({ stream, atMs: account.clock.nowMs(), message: trouble.line });
}

/** A running application leaves a file where it may write, so that a later test sees whose data lies there. */
export function leaveMarkers(account: Account, task: SimTask, family: string): void {
  const world = { ...account, nowMs: account.clock.nowMs() };
  for (const { fileSystemId, path, canWrite } of task.mounted) {
    const directories = directoriesOf(world, fileSystemId);
    const directory = directories[path];
    const files = directory?.files ?? [];
    const marker = `written-by-${family}`;
    if (canWrite && directory && !files.includes(marker))
      directories[path] = { ...directory, files: [...files, marker] };
  }
}
