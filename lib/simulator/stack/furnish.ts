import type { Account } from '../account.ts';
import { addTopic } from '../services/sns.ts';
import { functionPatterns } from './function-patterns.ts';

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

/** As the framework names the rules of a function's events. */
function ruleNames(root: string): readonly string[] {
  return Object.entries(functionPatterns(root)).flatMap(([name, patterns]) =>
    patterns.map((_pattern, index) => `mountkeeper-${name}-rule-${index + 1}`),
  );
}
