import { absent, type Fact, mapFact, present, unknown } from '../../domain/fact.ts';
import type { RolePolicies } from '../../domain/iam.ts';
import type { EventRule, Subscription, Trail } from '../../domain/installation.ts';
import { Refusal } from '../../refusal.ts';
import type { Settings } from '../../settings.ts';
import type { World } from '../../world.ts';
import { CHANGES_OF, PARAMETERS, QUEUES, RULES_OF_THE_STACK } from './rules-of-the-stack.ts';

/** What is known of Mountkeeper itself. */
export interface InstallationFacts {
  readonly installed: Fact<string>;
  /** Of the deployed stack. */
  readonly version: Fact<string>;
  readonly mode: Fact<string>;
  readonly modeParameter: string;
  readonly topicArn: string;
  readonly subscriptions: Fact<readonly Subscription[]>;
  readonly rules: readonly { readonly name: string; readonly rule: Fact<EventRule> }[];
  /** Of each function that changes something. */
  readonly roles: readonly { readonly keeper: string; readonly name: string; readonly policies: Fact<RolePolicies> }[];
  readonly trails: Fact<readonly Trail[]>;
  readonly undelivered: Fact<number>;
  readonly failed: Fact<number>;
  /** How many incidents are open. */
  readonly ledger: Fact<number>;
}

export async function gatherInstallation(world: World, settings: Settings): Promise<InstallationFacts> {
  const { modeParameter, topicArn } = settings;
  const [installed, published, mode] = await Promise.all([
    world.parameters.get(PARAMETERS.installation),
    world.parameters.get(PARAMETERS.settings),
    world.parameters.get(modeParameter),
  ]);
  const known = { installed, mode, modeParameter, topicArn, version: versionIn(published) };
  // Where nothing is installed there is nothing of it to look at.
  if (installed.state === 'absent') return { ...known, ...NOTHING };
  const [subscriptions, roles, rules, trails, undelivered, failed, ledger] = await Promise.all([
    world.plumbing.subscriptions(topicArn),
    rolesOf(world),
    Promise.all(RULES_OF_THE_STACK.map(async (name) => ({ name, rule: await world.plumbing.rule(name) }))),
    world.plumbing.trails(),
    world.plumbing.queueDepth(QUEUES.undelivered),
    world.plumbing.queueDepth(QUEUES.failed),
    fromLedger(async () => (await world.ledger.openIncidents()).length),
  ]);
  return { ...known, subscriptions, roles, rules, trails, undelivered, failed, ledger };
}

const NOTHING = {
  subscriptions: absent,
  rules: [],
  roles: [],
  trails: absent,
  undelivered: absent,
  failed: absent,
  ledger: absent,
} as const;

/** As serverless.yml names them; they stand in the root path. */
async function rolesOf(world: World): Promise<InstallationFacts['roles']> {
  const { accountId, region, partition } = world.self;
  return await Promise.all(
    Object.keys(CHANGES_OF).map(async (keeper) => {
      const name = `mountkeeper-${keeper}-${region}`;
      return { keeper, name, policies: await world.iam.policies(`arn:${partition}:iam::${accountId}:role/${name}`) };
    }),
  );
}

/** The ledger's verbs throw what AWS refuses; here that is a fact like any other. */
export async function fromLedger<T>(ask: () => Promise<T>): Promise<Fact<T>> {
  try {
    return present(await ask());
  } catch (error) {
    if (error instanceof Refusal) return unknown(error.message);
    throw error;
  }
}

function versionIn(published: Fact<string>): Fact<string> {
  const version = mapFact(published, (text) => /"version":"([^"]{1,40})"/.exec(text)?.[1]);
  if (version.state !== 'present') return version;
  return version.value === undefined ? absent : present(version.value);
}
