import { resolve } from 'node:path';
import {
  DeregisterTaskDefinitionCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionRequest,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { allowsFamily } from '../../lib/domain/tags.ts';
import { createLedger } from '../../lib/ledger/create-ledger.ts';
import type { Ledger } from '../../lib/ledger/ledger.ts';
import { createMemoryRows } from '../../lib/ledger/memory-rows.ts';
import { type Account, type Call, createAccount } from '../../lib/simulator/account.ts';
import type { BusEvent } from '../../lib/simulator/bus.ts';
import type { Estate } from '../../lib/simulator/estate/spec.ts';
import { enforcingStatements, putPolicy } from '../../lib/simulator/estate/storage.ts';
import { buildEstate } from '../../lib/simulator/estate.ts';
import { compilePattern } from '../../lib/simulator/event-pattern.ts';
import { tryRunTask } from '../../lib/simulator/run-task.ts';
import { functionPatterns } from '../../lib/simulator/stack/function-patterns.ts';
import { functionRole, install } from '../../lib/simulator/stack/installation.ts';
import { worldOn } from '../../lib/simulator/world-on.ts';
import { witness } from '../least-privilege/witness.ts';
import { seeded } from './interleave.ts';
import { denyingPolicy, operator } from './operator.ts';
import { FUNCTIONS } from './stage.ts';

const ROUTES = Object.entries(functionPatterns(resolve(__dirname, '..', '..'))).flatMap(([name, patterns]) =>
  patterns.map((pattern) => ({ name, accepts: compilePattern(pattern) })),
);

/** One walk: an account, who lives in it, what was heard and not delivered yet. */
export interface Walk {
  readonly account: Account;
  readonly own: Estate;
  readonly team: Estate;
  readonly foreign: Estate;
  readonly ledger: Ledger;
  readonly random: () => number;
  readonly pending: BusEvent[];
  heard: number;
  /** Writes of Mountkeeper that some owner's key did not cover. */
  readonly trespasses: string[];
  readonly run: (name: string, event: unknown) => Promise<void>;
}

/** Two families behind keys (one with an access point of Mountkeeper's, one with its team's), and one without any. */
export async function begin(seed: number): Promise<Walk> {
  const account = createAccount();
  const small = { zones: 2, mountTargets: 2 } as const;
  const tags = { 'mountkeeper:start': 'empty', 'mountkeeper:wire': 'revision' };
  const own = buildEstate(account, {
    ...small,
    accessPoint: false,
    iam: false,
    tls: false,
    user: '1000',
    definitionTags: tags,
  });
  const team = buildEstate(account, { ...small, name: 'billing', beside: own });
  const foreign = buildEstate(account, { ...small, name: 'foreign', keys: false });
  const { settings } = install(account, { functions: {}, patterns: {} });
  const rows = createMemoryRows();
  const nowMs = account.clock.nowMs;
  const run = async (name: string, event: unknown) => {
    const world = { ...worldOn(account, functionRole(account, name)), ledger: createLedger(rows, undefined, nowMs) };
    await FUNCTIONS[name]?.(event, { world, settings, runId: world.unique() });
  };
  const trespasses: string[] = [];
  witness(account, { guard: 'strict', chatTopic: 'true' });
  account.authorize = (call) => judgeWrite(account, call, trespasses);
  const walk: Walk = {
    ...{ account, own, team, foreign, run, trespasses },
    ledger: createLedger(rows, undefined, nowMs),
    random: seeded(seed),
    pending: [],
    heard: 0,
  };
  await run('sweep', {});
  await account.clock.advance(600_000);
  walk.heard = account.bus.events.length;
  return walk;
}

const WRITE = /^(Create|Put|Delete|Update|Authorize|Revoke|Tag|Untag|Register|Run|Modify|Add|Remove)/;
const LEDGER_AND_TOPIC = new Set(['DynamoDB', 'SNS']);

/** As the conditions of Mountkeeper's roles would: a call without its key is refused. What IAM cannot see is noted. */
function judgeWrite(account: Account, call: Call, trespasses: string[]): string {
  if (!call.caller.includes(':role/mountkeeper-') || LEDGER_AND_TOPIC.has(call.service)) return 'allowed';
  if (!WRITE.test(call.operation)) return 'allowed';
  const judge = KEYS[call.operation];
  if (!judge) trespasses.push(`${call.operation} is no call of Mountkeeper's`);
  if (judge && !judge(call)) return `no key for ${call.operation}`;
  const allowed = call.operation !== 'CreateAccessPoint' || namesFamily(account, call);
  if (!allowed) trespasses.push(`${call.operation} for a family that the owner does not name`);
  return 'allowed';
}

const hasAllow = ({ resourceTags }: Call) => resourceTags['mountkeeper:allow'] === 'true';
const KEYS: Readonly<Record<string, (call: Call) => boolean>> = {
  AuthorizeSecurityGroupIngress: hasAllow,
  AuthorizeSecurityGroupEgress: hasAllow,
  RevokeSecurityGroupIngress: hasAllow,
  RevokeSecurityGroupEgress: hasAllow,
  PutRolePolicy: hasAllow,
  CreateAccessPoint: ({ resourceTags, requestTags }) =>
    Object.keys(resourceTags).some((key) => key.startsWith('mountkeeper:allow')) &&
    requestTags['mountkeeper:managed'] === 'true',
  RegisterTaskDefinition: ({ requestTags }) => requestTags['mountkeeper:wired-from'] !== undefined,
  UpdateService: ({ resourceTags }) => resourceTags['mountkeeper:deploy'] === 'true',
};

function namesFamily(account: Account, { input, requestTags }: Call): boolean {
  const { FileSystemId = '' } = input as { readonly FileSystemId?: string };
  const tags = account.state.efs.fileSystems[FileSystemId]?.tags ?? [];
  const map = Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
  return allowsFamily(map, requestTags['mountkeeper:family'] ?? '');
}

type Action = (walk: Walk, admin: ReturnType<typeof operator>) => unknown;

/** What people and pipelines do to an account; each leaves it a little less as Mountkeeper wants it. */
export const ACTIONS: Readonly<Record<string, Action>> = {
  'delete an access point of Mountkeeper': (walk, admin) => {
    const points = Object.values(walk.account.state.efs.accessPoints).filter(
      ({ lifeCycle, tags }) => lifeCycle === 'available' && tags.some(({ Key }) => Key === 'mountkeeper:managed'),
    );
    const point = points[Math.floor(walk.random() * points.length)];
    return point && admin.deleteAccessPoint(point.id);
  },
  'revoke ingress': ({ own }, admin) => admin.revokeAll(own.mountTargetGroupId, 'ingress'),
  'revoke egress': (walk, admin) => admin.revokeAll(family(walk).clientGroupId, 'egress'),
  'close the file system': ({ own }, admin) => admin.untag(own.fileSystemId, 'mountkeeper:allow'),
  'open the file system': ({ own }, admin) => admin.tag(own.fileSystemId, 'mountkeeper:allow', 'shop-+ billing'),
  'name one family only': ({ own }, admin) => admin.tag(own.fileSystemId, 'mountkeeper:allow', 'billing'),
  'close the group': ({ own }, admin) => admin.untagGroup(own.mountTargetGroupId, 'mountkeeper:allow'),
  'open the group': ({ own }, admin) => admin.tagGroup(own.mountTargetGroupId, 'mountkeeper:allow', 'true'),
  'put a policy with a Deny': (walk, admin) =>
    admin.putPolicy(walk.own.fileSystemId, denyingPolicy(walk.own.fileSystemArn, family(walk).taskRoleArn)),
  'put the enforcing policy': ({ own }, admin) => admin.putPolicy(own.fileSystemId, enforcing(own)),
  'delete the policy': async ({ account, own }, admin) => {
    if (account.state.efs.policies[own.fileSystemId]) await admin.deletePolicy(own.fileSystemId);
  },
  'change the groups of a mount target': (walk, admin) => {
    const target = Object.values(walk.account.state.efs.mountTargets).find(
      ({ fileSystemId }) => fileSystemId === walk.own.fileSystemId,
    );
    const groups = [walk.own.defaultGroupId, walk.own.mountTargetGroupId];
    return target && admin.setGroups(target.id, groups.slice(walk.random() < 0.5 ? 1 : 0));
  },
  'empty a role': (walk) => {
    const role = walk.account.state.iam.roles[family(walk).taskRoleName];
    if (role) role.inlinePolicies = {};
  },
  'deploy a new image': async (walk) => {
    const { taskDefinition } = await pipeline(walk).send(new RegisterTaskDefinitionCommand(withNewImage(walk)));
    const service = { cluster: walk.own.clusterName, service: walk.own.family };
    await pipeline(walk).send(
      new UpdateServiceCommand({ ...service, taskDefinition: taskDefinition?.taskDefinitionArn }),
    );
  },
  'register as the team wrote it': (walk) => pipeline(walk).send(new RegisterTaskDefinitionCommand(asWritten(walk))),
  'deregister the oldest': async (walk) => {
    const active = revisionsOf(walk).filter(({ status }) => status === 'ACTIVE');
    const [oldest] = active;
    const used = walk.account.state.ecs.services[walk.own.serviceArn ?? '']?.taskDefinition;
    if (!oldest || active.length < 3 || oldest.arn === used) return;
    await pipeline(walk).send(new DeregisterTaskDefinitionCommand({ taskDefinition: oldest.arn }));
  },
};

function family({ random, own, team }: Walk): Estate {
  return random() < 0.5 ? own : team;
}

function pipeline({ account }: Walk): ECSClient {
  return account.client(ECSClient, `arn:aws:iam::${account.accountId}:role/ci-deploy`);
}

function revisionsOf({ account, own }: Walk) {
  return Object.values(account.state.ecs.taskDefinitions[own.family]?.revisions ?? {});
}

function asWritten(walk: Walk): RegisterTaskDefinitionRequest {
  const [first] = revisionsOf(walk);
  if (!first) throw new Error('there is no first revision');
  return { ...first.definition, tags: first.tags } as RegisterTaskDefinitionRequest;
}

function withNewImage(walk: Walk): RegisterTaskDefinitionRequest {
  const request = asWritten(walk);
  const image = `example/app:${revisionsOf(walk).length}`;
  return { ...request, containerDefinitions: request.containerDefinitions?.map((one) => ({ ...one, image })) };
}

function enforcing({ fileSystemArn }: Estate): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: enforcingStatements(fileSystemArn) });
}

/** One thing that somebody does, some time later; and what EventBridge makes of what was recorded of it. */
export async function step(walk: Walk): Promise<string> {
  const names = Object.keys(ACTIONS);
  const name = names[Math.floor(walk.random() * names.length)] ?? '';
  await ACTIONS[name]?.(walk, operator(walk.account));
  await walk.account.clock.advance(Math.floor(walk.random() * 40 * 60_000));
  hear(walk);
  if (walk.random() < 0.25) await deliverSome(walk);
  if (walk.random() < 0.03) await walk.run('sweep', {});
  return name;
}

/** Some are lost, some come twice. */
function hear(walk: Walk): void {
  const { account, random, pending } = walk;
  for (const event of account.bus.events.slice(walk.heard)) {
    if (!ROUTES.some(({ accepts }) => accepts(event)) || random() < 0.3) continue;
    pending.push(event);
    if (random() < 0.15) pending.push(event);
  }
  walk.heard = account.bus.events.length;
}

/** Any of those that are under way, in any order. */
async function deliverSome(walk: Walk): Promise<void> {
  const { random, pending } = walk;
  const [event] = pending.splice(Math.floor(random() * pending.length), 1);
  if (!event) return;
  for (const { name, accepts } of ROUTES) if (accepts(event)) await walk.run(name, event);
}

/** What is not Mountkeeper's to repair is put right by whose it is; the team deploys what it registered last. */
export async function othersTidyUp(walk: Walk): Promise<void> {
  const { account, own } = walk;
  putPolicy(account, own.fileSystemId, enforcingStatements(own.fileSystemArn));
  for (const target of Object.values(account.state.efs.mountTargets)) {
    if (target.fileSystemId !== own.fileSystemId) continue;
    target.securityGroups = [own.mountTargetGroupId];
    const card = account.state.ec2.networkInterfaces[target.networkInterfaceId];
    if (card) card.groups = [own.mountTargetGroupId];
  }
  const last = revisionsOf(walk).findLast(({ tags }) => !tags.some(({ key }) => key === 'mountkeeper:wired-from'));
  const runs = Number(account.state.ecs.services[own.serviceArn ?? '']?.taskDefinition.split(':').at(-1));
  if (!last || runs >= last.revision || last.status !== 'ACTIVE') return;
  await ACTIONS['deploy a new image']?.(walk, operator(account));
}

/** Whether the owners' keys let Mountkeeper serve the family. */
export function isAllowed({ account, own }: Walk, name: string): boolean {
  const tags = account.state.efs.fileSystems[own.fileSystemId]?.tags ?? [];
  const map = Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
  const group = account.state.ec2.securityGroups[own.mountTargetGroupId]?.tags ?? [];
  return allowsFamily(map, name) && group.some(({ Key, Value }) => Key === 'mountkeeper:allow' && Value === 'true');
}

/** Whether the next task of the family's service mounts. */
export async function nextTaskMounts({ account }: Walk, estate: Estate): Promise<boolean> {
  const { tasks } = await tryRunTask(account, {
    cluster: estate.clusterName,
    taskDefinition: account.state.ecs.services[estate.serviceArn ?? '']?.taskDefinition ?? estate.family,
    launchType: 'FARGATE',
    subnet: estate.zones[0]?.appSubnetId ?? '',
    securityGroups: [estate.clientGroupId],
  });
  return tasks.some(({ lastStatus, mounted }) => lastStatus === 'RUNNING' && mounted.length > 0);
}
