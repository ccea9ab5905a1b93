import { createWorld } from '../aws/create-world.ts';
import { findInstallation } from '../aws/find-installation.ts';
import { createInvoke, type Invoke } from '../aws/invoke.ts';
import { createSetTag, type SetTag } from '../aws/set-tag.ts';
import type { ClientSettings } from '../aws/setup.ts';
import { seen } from '../domain/fact.ts';
import { parseArn, partitionOf } from '../domain/ids.ts';
import { readSettings, type Settings, selfOf } from '../settings.ts';
import type { World } from '../world.ts';
import { Stop } from './exit.ts';

/** An account as the caller may see it, and the functions that are deployed there. */
export interface Connection {
  readonly world: World;
  readonly settings: Settings;
  /** Whether an installation was found; undefined: the caller may not look. */
  readonly installed: boolean | undefined;
  readonly invoke: Invoke;
  /** Sets owners' keys as the caller. */
  readonly setTag: SetTag;
}

export interface Wanted {
  readonly region?: string;
  readonly profile?: string;
  /** A task definition by which the account is known where nothing is installed. */
  readonly reference?: string;
}

export type Connect = (wanted: Wanted) => Promise<Connection>;

const PARAMETER = '/mountkeeper/settings';
const NOBODY = '000000000000';

/** For the simulated account: how its clients are answered, and its clock. */
export interface ConnectOptions extends ClientSettings {
  readonly nowMs?: () => number;
  readonly pause?: (ms: number) => Promise<void>;
}

/** Connects with the caller's own credentials. Throws `Stop` where they are missing or run out. */
export function createConnect(options: ConnectOptions = {}): Connect {
  return async ({ region, profile, reference }) => {
    if (profile !== undefined) process.env['AWS_PROFILE'] = profile;
    const config = { ...options.config, ...(region === undefined ? {} : { region }) };
    const clients: ConnectOptions = { ...options, config };
    const found = await findInstallation(clients, PARAMETER);
    if (!('region' in found)) throw new Stop(`${TROUBLES[found.kind]}${ofProfile(profile)} (${found.message})`);
    const values = found.kind === 'installed' ? found.values : {};
    const self = {
      accountId: values['MOUNTKEEPER_ACCOUNT_ID'] ?? NOBODY,
      region: found.region,
      partition: values['MOUNTKEEPER_PARTITION'] ?? partitionOf(found.region),
    };
    const known =
      self.accountId === NOBODY ? { ...self, accountId: await accountOf(reference, { clients, self }) } : self;
    const settings = settingsOf(known, values);
    return {
      world: createWorld({
        ...clients,
        self: selfOf(settings),
        ledgerTable: settings.ledgerTable,
        topicArn: settings.topicArn,
      }),
      settings,
      installed: found.kind === 'unreadable' ? undefined : found.kind === 'installed',
      invoke: createInvoke(clients),
      setTag: createSetTag(clients),
    };
  };
}

const TROUBLES = {
  'no-credentials':
    'No AWS credentials were found. Sign in ("aws sso login", "aws configure") or choose a profile with --profile.',
  expired:
    'AWS does not take these credentials: they have run out, or are of another account. Sign in again, for example with "aws sso login".',
  'no-region': 'No Region is set. Give --region, or set AWS_REGION.',
  'bad-region': 'What is set as the Region cannot be one. Give --region, or correct AWS_REGION or the profile.',
  'no-answer': 'AWS does not answer. Is the Region spelled right, and is there a way to the internet?',
} as const;

function ofProfile(profile: string | undefined): string {
  return profile === undefined ? '' : ` The profile is "${profile}".`;
}

/** Of the ARN of whatever is asked for: no call tells the account without a client of its own. */
async function accountOf(
  reference: string | undefined,
  { clients, self }: { readonly clients: ConnectOptions; readonly self: World['self'] },
): Promise<string> {
  const named = parseArn(reference ?? '')?.accountId;
  if (named !== undefined) return named;
  const world = createWorld({ ...clients, self, ledgerTable: 'none', topicArn: 'none' });
  const family = reference ?? seen(await world.ecs.families())?.[0];
  if (family === undefined) return NOBODY;
  const definition = seen(await world.ecs.taskDefinition(family));
  return parseArn(definition?.arn ?? '')?.accountId ?? NOBODY;
}

function settingsOf(
  { accountId, region, partition }: World['self'],
  values: Readonly<Record<string, string>>,
): Settings {
  return readSettings({
    MOUNTKEEPER_LEDGER_TABLE: 'mountkeeper-not-installed',
    MOUNTKEEPER_TOPIC_ARN: `arn:${partition}:sns:${region}:${accountId}:mountkeeper-alerts`,
    ...values,
    MOUNTKEEPER_ACCOUNT_ID: accountId,
    MOUNTKEEPER_PARTITION: partition,
    AWS_REGION: region,
  });
}
