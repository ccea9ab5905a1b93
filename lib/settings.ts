import type { Self } from './world.ts';
/** One table of settings: what the stack gives its functions, with defaults, units and meaning. README is tested against it. */
export interface SettingRow {
  readonly env: string;
  /** Absent: the stack must give it. */
  readonly fallback?: string;
  readonly meaning: string;
  readonly expected: string;
  readonly valid: (text: string) => boolean;
}

const nonNegative = (text: string) => text.trim() !== '' && Number(text) >= 0;
const oneOf =
  (...words: readonly string[]) =>
  (text: string) =>
    words.includes(text);
const anything = () => true;

export const SETTINGS = {
  accountId: row('MOUNTKEEPER_ACCOUNT_ID', 'The account that it lives in', '12 digits', (text) =>
    /^\d{12}$/.test(text),
  ),
  region: row('AWS_REGION', 'The Region that it lives in; Lambda sets it', 'a Region name', (text) =>
    /^[a-z0-9-]+$/.test(text),
  ),
  partition: row(
    'MOUNTKEEPER_PARTITION',
    'The partition of ARNs',
    'aws, aws-cn or aws-us-gov',
    (text) => /^aws[a-z-]*$/.test(text),
    'aws',
  ),
  ledgerTable: row(
    'MOUNTKEEPER_LEDGER_TABLE',
    'The DynamoDB table of the ledger',
    'a table name',
    (text) => text !== '',
  ),
  topicArn: row('MOUNTKEEPER_TOPIC_ARN', 'The SNS topic of the alerts', 'a topic ARN', (text) =>
    text.startsWith('arn:'),
  ),
  chatTopicArn: row(
    'MOUNTKEEPER_CHAT_TOPIC_ARN',
    'The SNS topic of alerts for chat applications',
    'a topic ARN or nothing',
    anything,
    '',
  ),
  mode: row(
    'MOUNTKEEPER_MODE',
    "The stack's mode; the SSM parameter and a task definition's tag can only narrow it",
    'observe or repair',
    oneOf('observe', 'repair'),
    'repair',
  ),
  modeParameter: row(
    'MOUNTKEEPER_MODE_PARAMETER',
    'The SSM parameter that is the stop button',
    'a parameter name',
    (text) => text.startsWith('/'),
    '/mountkeeper/mode',
  ),
  guard: row(
    'MOUNTKEEPER_GUARD',
    'strict asks for the tag mountkeeper:allow on security groups, relaxed does not',
    'strict or relaxed',
    oneOf('strict', 'relaxed'),
    'strict',
  ),
  repairsPerHour: row(
    'MOUNTKEEPER_REPAIRS_PER_HOUR',
    'Repairs an hour in the whole installation, for one family half of them; 0 means none',
    'a number, 0 or more',
    nonNegative,
    '30',
  ),
  repairsPerThingPerHour: row(
    'MOUNTKEEPER_REPAIRS_PER_THING_PER_HOUR',
    'The same repair of the same thing for the same family, an hour',
    'a number, 0 or more',
    nonNegative,
    '3',
  ),
  repairsPerThingPerDay: row(
    'MOUNTKEEPER_REPAIRS_PER_THING_PER_DAY',
    'The same repair a day, before the breaker opens',
    'a number, 0 or more',
    nonNegative,
    '2',
  ),
  provisionsPerHour: row(
    'MOUNTKEEPER_PROVISIONS_PER_HOUR',
    'Changes of first-time provisioning an hour, for one family half of them; 0 means none. A new family takes three or more: raise it before a hundred opt in',
    'a number, 0 or more',
    nonNegative,
    '300',
  ),
  alertWindowMinutes: row(
    'MOUNTKEEPER_ALERT_WINDOW_MINUTES',
    'Minutes in which the same trouble is told once',
    'minutes, 0 or more',
    nonNegative,
    '60',
  ),
  throttledMinuteUsd: row(
    'MOUNTKEEPER_THROTTLED_MINUTE_USD',
    'What a throttled minute of a file system is worth, in US dollars',
    'US dollars, 0 or more',
    nonNegative,
    '0.05',
  ),
  throughputMonthlyUsd: row(
    'MOUNTKEEPER_THROUGHPUT_MONTHLY_USD',
    'What all provisioned throughput that Mountkeeper buys may cost a month, in US dollars',
    'US dollars, 0 or more',
    nonNegative,
    '500',
  ),
  provisionedMibpsMonthUsd: row(
    'MOUNTKEEPER_PRICE_PROVISIONED_USD',
    'Price of 1 MiB/s of provisioned throughput a month, in US dollars; empty: the price of us-east-1, elsewhere nothing is bought until it is set',
    'US dollars or nothing',
    optionalNumber,
    '',
  ),
  elasticReadGbUsd: row(
    'MOUNTKEEPER_PRICE_ELASTIC_READ_USD',
    'Price of 1 GB read in Elastic mode, in US dollars',
    'US dollars or nothing',
    optionalNumber,
    '',
  ),
  elasticWriteGbUsd: row(
    'MOUNTKEEPER_PRICE_ELASTIC_WRITE_USD',
    'Price of 1 GB written in Elastic mode, in US dollars',
    'US dollars or nothing',
    optionalNumber,
    '',
  ),
  requiredBoundaryArn: row(
    'MOUNTKEEPER_REQUIRED_BOUNDARY',
    'Permissions boundary that a task role must carry before it gets a grant',
    'a policy ARN or nothing',
    anything,
    '',
  ),
} as const satisfies Readonly<Record<string, SettingRow>>;

export type SettingName = keyof typeof SETTINGS;
export type Settings = Readonly<Record<SettingName, string>>;

/** Reads every setting, or throws one error that names all mistakes. */
export function readSettings(env: Readonly<Record<string, string | undefined>> = process.env): Settings {
  const read = Object.entries(SETTINGS).map(([name, setting]) => readOne(name, setting, env));
  const mistakes = read.filter((one) => one.mistake !== undefined).map((one) => `- ${one.mistake}`);
  if (mistakes.length > 0)
    throw new Error(`Mountkeeper cannot start, ${mistakes.length} setting(s) are wrong:\n${mistakes.join('\n')}`);
  return Object.fromEntries(read.map((one) => [one.name, one.value])) as Settings;
}

function readOne(name: string, setting: SettingRow, env: Readonly<Record<string, string | undefined>>) {
  const given = env[setting.env] ?? setting.fallback;
  if (given === undefined)
    return { name, value: '', mistake: `${setting.env} is not set; expected ${setting.expected} (${setting.meaning})` };
  if (!setting.valid(given))
    return { name, value: given, mistake: `${setting.env} is "${given.slice(0, 80)}"; expected ${setting.expected}` };
  return { name, value: given, mistake: undefined };
}

function optionalNumber(text: string): boolean {
  return text === '' || nonNegative(text);
}

function row(
  env: string,
  meaning: string,
  expected: string,
  valid: (text: string) => boolean,
  fallback?: string,
): SettingRow {
  return { env, meaning, expected, valid, ...(fallback === undefined ? {} : { fallback }) };
}

/** Where the installation is, and what it asks of everybody in it. */
export function selfOf({ accountId, region, partition, requiredBoundaryArn }: Settings): Self {
  return { accountId, region, partition, ...(requiredBoundaryArn !== '' && { requiredBoundaryArn }) };
}
