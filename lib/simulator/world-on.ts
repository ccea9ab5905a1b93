import { createWorld } from '../aws/create-world.ts';
import type { Self, World } from '../world.ts';
import type { Account } from './account.ts';

const LEDGER_TABLE = 'mountkeeper-ledger';
const counters = new WeakMap<Account, number>();

/**
 * The program's world on a simulated account: its real clients, its ledger in the account's DynamoDB, its alerts in
 * the account's SNS, the account's clock. Without a caller the calls are made by the role `mountkeeper`.
 */
export function worldOn(account: Account, caller = roleArn(account), self = selfOn(account)): World {
  const { clock } = account;
  addLedgerTable(account);
  return createWorld({
    config: account.clientConfig(),
    plugins: [account.plugin(caller)],
    self,
    ledgerTable: LEDGER_TABLE,
    topicArn: topic(account, 'mountkeeper-alerts'),
    chatTopicArn: topic(account, 'mountkeeper-chat'),
    nowMs: clock.nowMs,
    unique: () => nextUnique(account),
    pause: (ms) => clock.advance(ms),
  });
}

function selfOn({ accountId, region }: Account): Self {
  return { accountId, region, partition: 'aws' };
}

function roleArn({ accountId }: Account): string {
  return `arn:aws:iam::${accountId}:role/mountkeeper`;
}

/** As the stack would make it; worlds on one account share it. */
function addLedgerTable({ state }: Account): void {
  const table = { name: LEDGER_TABLE, partitionKey: 'pk', sortKey: 'sk', indexes: {}, items: {} };
  state.dynamodb.tables[LEDGER_TABLE] ??= table;
}

function topic({ state, region, accountId }: Account, name: string): string {
  const arn = `arn:aws:sns:${region}:${accountId}:${name}`;
  state.sns.topics[arn] ??= { arn, subscriptions: [] };
  return arn;
}

/** Not from the account's own numbers: a run that changes nothing must leave its state as it was. */
function nextUnique(account: Account): string {
  const next = (counters.get(account) ?? 0) + 1;
  counters.set(account, next);
  return `run${String(next).padStart(6, '0')}`;
}
