import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Account } from '../account.ts';
import { addRole } from '../estate/roles.ts';
import { addTopic } from '../services/sns.ts';

export interface Furnishing {
  /** Where functions/ stands. */
  readonly root: string;
  readonly version: string;
  /** What the installation's parameter of settings holds beside the version. */
  readonly env?: Readonly<Record<string, string>>;
}

const LEDGER = 'mountkeeper-ledger';
const ALL_TRAIL = { multiRegion: true, logging: true, readWriteType: 'All' } as const;

/** What the stack has beside its functions, and what a careful platform team adds: somebody who reads the alerts, and a trail. */
export function furnish(account: Account, { root, version, env = {} }: Furnishing): void {
  const { accountId, region, state, clock } = account;
  const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${accountId}:${resource}`;
  const ledger = { name: LEDGER, partitionKey: 'pk', sortKey: 'sk', indexes: {}, items: {} };
  state.dynamodb.tables[LEDGER] ??= ledger;
  addTopic(account, 'mountkeeper-alerts', [{ protocol: 'email', endpoint: 'team@example.com', confirmed: true }]);
  for (const name of ['mountkeeper-undelivered', 'mountkeeper-failed']) {
    const url = `https://sqs.${region}.amazonaws.com/${accountId}/${name}`;
    state.sqs.queues[url] = { url, arn: arn('sqs', name), attributes: { ApproximateNumberOfMessages: '0' } };
  }
  addRoles(account, root);
  for (const name of ruleNames(root)) state.events.rules[name] = { name, eventBusName: 'default', state: 'ENABLED' };
  state.cloudtrail.trails['management'] = {
    name: 'management',
    arn: arn('cloudtrail', 'trail/management'),
    ...ALL_TRAIL,
  };
  const settings = {
    version,
    MOUNTKEEPER_ACCOUNT_ID: accountId,
    MOUNTKEEPER_LEDGER_TABLE: LEDGER,
    MOUNTKEEPER_TOPIC_ARN: arn('sns', 'mountkeeper-alerts'),
    ...env,
  };
  const values = {
    '/mountkeeper/installation': arn('cloudformation', 'stack/mountkeeper/00000000-0000-4000-8000-000000000000'),
    '/mountkeeper/settings': JSON.stringify(settings),
  };
  for (const [name, value] of Object.entries(values))
    state.ssm.parameters[name] = { name, value, type: 'String', version: 1, modifiedAtMs: clock.nowMs() };
}

interface FunctionFile {
  readonly events?: readonly { readonly eventBridge?: unknown }[];
}

function foldersOf(root: string): readonly string[] {
  const folder = join(root, 'functions');
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, 'function.yml')));
}

function read<T>(root: string, name: string, file: string): T {
  return parse(readFileSync(join(root, 'functions', name, file), 'utf8'), { logLevel: 'silent' }) as T;
}

/** As the framework names the rules of a function's events. */
function ruleNames(root: string): readonly string[] {
  return foldersOf(root).flatMap((name) => {
    const { events = [] } = read<FunctionFile>(root, name, 'function.yml');
    return events.flatMap(({ eventBridge }, index) => (eventBridge ? [`mountkeeper-${name}-rule-${index + 1}`] : []));
  });
}

/** The functions' roles with the actions of their role.yml; resources and conditions are for the packaged template's tests. */
function addRoles(account: Account, root: string): void {
  for (const name of foldersOf(root)) {
    const roleName = `mountkeeper-${name}-${account.region}`;
    addRole(account, roleName, false);
    const statements = read<readonly { readonly Action: unknown }[]>(root, name, 'role.yml');
    const Statement = statements.map(({ Action }) => ({ Effect: 'Allow', Action, Resource: '*' }));
    const document = JSON.stringify({ Version: '2012-10-17', Statement });
    const role = account.state.iam.roles[roleName];
    if (role) role.inlinePolicies['own'] = { document, effectiveFromMs: 0 };
  }
}
