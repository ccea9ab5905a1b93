import {
  DeregisterTaskDefinitionCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionRequest,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import type { Decision, Outcome } from '../../lib/domain/plan.ts';
import type { Account } from '../../lib/simulator/account.ts';
import type { SimTaskDefinition } from '../../lib/simulator/ecs-state.ts';
import type { SimAccessPoint } from '../../lib/simulator/efs-state.ts';
import type { EstateWishes } from '../../lib/simulator/estate/spec.ts';
import type { Stack } from '../../lib/simulator/stack/installation.ts';
import { BARE } from './bare.ts';
import { decisions, type Stage, stage } from './stage.ts';

/** Whole runs through real SDK clients: a busy machine needs its time. */
jest.setTimeout(60_000);

/** A family that opted in and has nothing yet: no access point, no grant, no service. */
export function untouched(wishes: EstateWishes = {}, stack: Partial<Stack> = {}): Stage {
  const at = stage({ ...BARE, user: '1000', ...wishes }, stack);
  withoutGrant(at);
  return at;
}

export function withoutGrant({ account, estate }: Stage): void {
  const role = account.state.iam.roles[estate.taskRoleName];
  if (role) role.inlinePolicies = {};
}

export async function provisioned(wishes: EstateWishes = {}, stack: Partial<Stack> = {}): Promise<Stage> {
  const at = untouched(wishes, stack);
  await byHand(at);
  return at;
}

export async function byHand({ installed, estate }: Stage, family = estate.family): Promise<Outcome | undefined> {
  const arrived = await installed.invoke('provision', { taskDefinition: family });
  return arrived.kind === 'walked' ? arrived.settled.at(-1)?.outcome : undefined;
}

/** The app team's pipeline, or whoever it is named for. */
export function pipeline({ account }: Stage, agent?: string): ECSClient {
  const client = account.client(ECSClient, `arn:aws:iam::${account.accountId}:role/ci-deploy`);
  if (agent) client.config.customUserAgent = [[agent]];
  return client;
}

/** Registers a revision again as the team wrote it, with what differs. */
export async function register(
  at: Stage,
  change: Partial<RegisterTaskDefinitionRequest> = {},
  agent?: string,
): Promise<SimTaskDefinition> {
  const first = revisions(at.account, at.estate.family)[0];
  if (!first) throw new Error('there is no first revision');
  const request = { ...first.definition, tags: first.tags, ...change } as RegisterTaskDefinitionRequest;
  const sent = await pipeline(at, agent).send(new RegisterTaskDefinitionCommand(request));
  const kept = revisions(at.account, request.family ?? '').find(
    ({ arn }) => arn === sent.taskDefinition?.taskDefinitionArn,
  );
  if (!kept) throw new Error('the revision was not registered');
  return kept;
}

export async function tag(at: Stage, tags: Readonly<Record<string, string>>, arn?: string): Promise<void> {
  const list = Object.entries(tags).map(([key, value]) => ({ key, value }));
  await pipeline(at).send(new TagResourceCommand({ resourceArn: arn ?? newest(at).arn, tags: list }));
}

export async function untag(at: Stage, key: string, arn?: string): Promise<void> {
  await pipeline(at).send(new UntagResourceCommand({ resourceArn: arn ?? newest(at).arn, tagKeys: [key] }));
}

export async function deregister(at: Stage, arn: string): Promise<void> {
  await pipeline(at).send(new DeregisterTaskDefinitionCommand({ taskDefinition: arn }));
}

export async function moveService(at: Stage, taskDefinition: string): Promise<void> {
  const service = at.estate.serviceArn ?? '';
  await pipeline(at).send(new UpdateServiceCommand({ cluster: at.estate.clusterName, service, taskDefinition }));
}

/** Adds or changes tags of a task definition as if they had been there from the start. */
export function setTags(at: Stage, tags: Readonly<Record<string, string>>): void {
  const revision = newest(at);
  const others = revision.tags.filter(({ key }) => !(key in tags));
  revision.tags = [...others, ...Object.entries(tags).map(([key, value]) => ({ key, value }))];
}

export function setFileSystemTags({ account, estate }: Stage, tags: Readonly<Record<string, string>>): void {
  const fileSystem = account.state.efs.fileSystems[estate.fileSystemId];
  if (!fileSystem) throw new Error('no file system');
  const others = fileSystem.tags.filter(({ Key }) => !(Key in tags));
  fileSystem.tags = [...others, ...Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))];
}

/** Oldest first. */
export function revisions(account: Account, family: string): readonly SimTaskDefinition[] {
  return Object.values(account.state.ecs.taskDefinitions[family]?.revisions ?? {});
}

export function newest({ account, estate }: Stage): SimTaskDefinition {
  const found = revisions(account, estate.family).findLast(({ status }) => status === 'ACTIVE');
  if (!found) throw new Error('no active revision');
  return found;
}

/** Access points that Mountkeeper made. */
export function managedPoints({ account }: Stage): readonly SimAccessPoint[] {
  return Object.values(account.state.efs.accessPoints).filter(({ tags }) =>
    tags.some(({ Key, Value }) => Key === 'mountkeeper:managed' && Value === 'true'),
  );
}

export function grantOf({ account, estate }: Stage): { readonly Statement: readonly Statement[] } | undefined {
  const text = account.state.iam.roles[estate.taskRoleName]?.inlinePolicies[`mountkeeper-${estate.fileSystemId}`];
  return text && JSON.parse(text.document);
}

interface Statement {
  readonly Action: readonly string[];
  readonly Resource: string;
  readonly Condition: { readonly ArnEquals: { readonly 'elasticfilesystem:AccessPointArn': readonly string[] } };
}

/** Calls of Mountkeeper's own that took effect, in order. */
export function writes({ account }: Stage): readonly string[] {
  return account.calls
    .filter(({ caller, error, service }) => caller.includes(':role/mountkeeper-') && !error && !QUIET.has(service))
    .map(({ operation }) => operation)
    .filter((operation) => !/^(Describe|Get|List|Lookup|Filter)/.test(operation));
}

const QUIET = new Set(['DynamoDB', 'SNS']);

export function codes(outcome: Pick<Outcome, 'decision'> | undefined): readonly string[] {
  return outcome?.decision.findings.map(({ code }) => code) ?? [];
}

export function lastOutcome({ installed }: Stage): Outcome | undefined {
  return decisions(installed).at(-1);
}

export function planOf(outcome: { readonly decision: Decision } | undefined): readonly string[] | undefined {
  return outcome?.decision.plan.steps.map(({ action }) => action.kind);
}

export function done(outcome: Outcome | undefined): readonly string[] {
  return outcome?.steps.filter(({ result }) => result === 'done').map(({ step }) => step.action.kind) ?? [];
}

export function heldBy(outcome: Outcome | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(outcome?.withheld.map(({ action, heldBy }) => [action.kind, heldBy]) ?? []);
}

export function alerts({ account }: Stage): readonly string[] {
  return account.state.sns.published
    .filter(({ topicArn }) => topicArn.endsWith(':mountkeeper-alerts'))
    .map(({ message }) => message);
}

/** What the running tasks of the family mount. */
export function mountsOf({ account }: Stage) {
  return Object.values(account.state.ecs.tasks)
    .filter(({ lastStatus }) => lastStatus === 'RUNNING')
    .flatMap(({ mounted = [] }) => mounted);
}
