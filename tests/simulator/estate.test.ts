import { createAccount } from '../../lib/simulator/account.ts';
import { BREAK_NAMES, type BreakName, breakIt, breakOf } from '../../lib/simulator/break-it.ts';
import type { LaunchKind } from '../../lib/simulator/breaks/break.ts';
import type { SimTask } from '../../lib/simulator/ecs-task-state.ts';
import type { EstateWishes } from '../../lib/simulator/estate/spec.ts';
import { buildEstate, runEstate } from '../../lib/simulator/estate.ts';

const WISHES: Readonly<Record<LaunchKind, EstateWishes>> = {
  fargate: { launch: 'FARGATE' },
  'ec2-awsvpc': { launch: 'EC2', networkMode: 'awsvpc' },
  'ec2-bridge': { launch: 'EC2', networkMode: 'bridge' },
  'ec2-host': { launch: 'EC2', networkMode: 'host' },
  'managed-instances': { launch: 'MANAGED_INSTANCES' },
};
const KINDS = Object.keys(WISHES) as LaunchKind[];
const FARGATE = 'ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: ';
const EC2 = 'Error response from daemon: create ecs-shop-api-1-data-';

const UNRESOLVED =
  /Failed to resolve "fs-\w+\.efs\.eu-west-1\.amazonaws\.com" - check that your file system ID is correct/;
const TIMED_OUT = /b'mount\.nfs4: Connection timed out'/;
const DENIED = /mount\.nfs4: access denied by server while mounting 127\.0\.0\.1:\/'/;
const NO_DIRECTORY = /failed, reason given by server: No such file or directory'/;

const SAYS: Readonly<Record<BreakName, RegExp>> = {
  'sg-ingress': TIMED_OUT,
  'sg-egress': TIMED_OUT,
  acl: TIMED_OUT,
  'acl-replies': TIMED_OUT,
  'credits-zero': TIMED_OUT,
  'no-mount-target': UNRESOLVED,
  'no-mount-targets': UNRESOLVED,
  'mount-target-creating': UNRESOLVED,
  'dns-off': UNRESOLVED,
  'dns-host-names-off': UNRESOLVED,
  'fs-missing': UNRESOLVED,
  'ap-missing': DENIED,
  'ap-other-fs': DENIED,
  'ap-creating': DENIED,
  'ap-no-directory': DENIED,
  'root-dir-with-ap': NO_DIRECTORY,
  'tls-off': /access denied by server while mounting fs-\w+\.efs\.eu-west-1\.amazonaws\.com:\/'/,
  'iam-off': DENIED,
  'no-task-role': /Unsuccessful retrieval of AWS security credentials at http:\/\/169\.254\.170\.2\/v2\/credentials\//,
  'no-grant': DENIED,
  'grant-on-ap-arn': DENIED,
  'grant-on-execution-role': DENIED,
  'policy-deny': DENIED,
  'no-client-write': /Read-only file system: '\/var\/data\/state\.json'/,
  'root-dir-not-found': /mounting 127\.0\.0\.1:\/missing failed, reason given by server: No such file or directory/,
  'root-squash': /\[Errno 13\] Permission denied: '\/var\/data\/state\.json'/,
  'posix-mismatch': /\[Errno 13\] Permission denied: '\/var\/data\/state\.json'/,
  'copy-up-chown': /^CannotCreateContainerError: .*failed to chown .*: lchown .*: operation not permitted$/,
  'platform-old': /The specified platform does not satisfy the task definition’s required capabilities/,
  'agent-old':
    /error looking up volume plugin amazon-ecs-volume-plugin: plugin "amazon-ecs-volume-plugin" not found\.$/,
};

const MODES = [{ standalone: false }, { standalone: true }];
const EVERY_RUN = KINDS.flatMap((kind) => MODES.map(({ standalone }) => ({ kind, standalone })));
const EVERY_BREAK = BREAK_NAMES.flatMap((name) =>
  EVERY_RUN.filter(({ kind }) => breakOf(name).kinds.includes(kind)).map((run) => ({ name, ...run })),
);

async function runOne(run: { readonly kind: LaunchKind; readonly standalone: boolean }, name?: BreakName) {
  const account = createAccount();
  const estate = buildEstate(account, { ...WISHES[run.kind], standalone: run.standalone });
  if (name !== undefined) breakIt(account, estate, name);
  const { tasks, refused } = await runEstate(account, estate);
  return { account, estate, tasks, refused };
}

test.each(EVERY_RUN)('a healthy estate mounts on $kind (standalone: $standalone)', async (run) => {
  const { tasks, estate } = await runOne(run);
  expect(tasks.map(({ lastStatus, mounted }) => ({ lastStatus, mounted }))).toMatchObject([
    {
      lastStatus: 'RUNNING',
      mounted: [
        {
          fileSystemId: estate.fileSystemId,
          accessPointId: estate.accessPointId,
          path: '/shop-api',
          uid: 1000,
          gid: 1000,
          canWrite: true,
          client: { mount: true, write: true, root: false },
        },
      ],
    },
  ]);
});

const BY_END = (end: string) => EVERY_BREAK.filter(({ name }) => breakOf(name).ends === end);

function startOf(task: SimTask | undefined) {
  return { stopCode: task?.stopCode, lastStatus: task?.lastStatus, started: task?.startedAtMs !== undefined };
}

test.each(BY_END('stopped'))('$name stops the mount on $kind (standalone: $standalone)', async ({ name, ...run }) => {
  const { tasks } = await runOne(run, name);
  expect(startOf(tasks[0])).toEqual({ stopCode: 'TaskFailedToStart', lastStatus: 'STOPPED', started: false });
  expect(tasks[0]?.stoppedReason).toMatch(SAYS[name]);
  expect(tasks[0]?.stoppedReason?.startsWith(run.kind === 'fargate' ? FARGATE : EC2)).toBe(true);
});

test.each(BY_END('app'))(
  '$name lets $kind mount, and not write (standalone: $standalone)',
  async ({ name, ...run }) => {
    const { account, estate, tasks } = await runOne(run, name);
    expect(startOf(tasks[0])).toEqual({ stopCode: 'EssentialContainerExited', lastStatus: 'STOPPED', started: true });
    expect(tasks[0]?.stoppedReason).toBe('Essential container in task exited');
    expect(account.state.logs.groups[estate.logGroup]?.events.map(({ message }) => message).join()).toMatch(SAYS[name]);
  },
);

test.each(BY_END('container'))(
  '$name stops the container on $kind (standalone: $standalone)',
  async ({ name, ...run }) => {
    const { tasks } = await runOne(run, name);
    expect(startOf(tasks[0])).toEqual({ stopCode: 'TaskFailedToStart', lastStatus: 'STOPPED', started: false });
    expect(tasks[0]?.containers[0]?.reason).toMatch(SAYS[name]);
  },
);

test.each(BY_END('refused'))(
  '$name keeps ECS from starting a task on $kind (standalone: $standalone)',
  async ({ name, ...run }) => {
    const { tasks, refused } = await runOne(run, name);
    expect(tasks).toEqual([]);
    expect(refused).toMatch(SAYS[name]);
  },
);
