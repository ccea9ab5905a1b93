import { remediate } from '../../lib/keepers/remediate/keeper.ts';
import { walk } from '../../lib/road.ts';
import { type Account, type CallRecord, createAccount } from '../../lib/simulator/account.ts';
import { type BreakName, breakIt } from '../../lib/simulator/break-it.ts';
import type { BusEvent } from '../../lib/simulator/bus.ts';
import { buildEstate, runEstate } from '../../lib/simulator/estate.ts';
import { functionRole } from '../../lib/simulator/stack/installation.ts';
import { worldOn } from '../../lib/simulator/world-on.ts';
import { exactly, limit, type Part, type Row, timed } from './row.ts';
import { installed } from './slow-account.ts';

const EVENTS = 10_000;
/** So many events come in a second. */
const A_SECOND = 100;
const WRITES = /^(PutItem|DeleteItem|UpdateItem|TransactWriteItems)$/;
const READS = /^(Describe|Get|List|Lookup|Filter)/;
/** What it remembers and tells. */
const OWN = ['DynamoDB', 'SNS'];

export const storms: Part = {
  name: 'storms',
  run: async () => [
    ...(await storm('one service, its rule is missing', 'sg-ingress', 1)),
    ...(await storm('one service, an ACL blocks it', 'acl', 1)),
    ...(await storm('100 services at once, their rules are missing', 'sg-ingress', 100)),
  ],
};

/** A crash loop as one warm function hears it: the stops of these services by turns, each stop of a task of its own. */
async function storm(what: string, cause: BreakName, services: number): Promise<readonly Row[]> {
  const { account, stops } = await crashing(cause, services);
  const role = functionRole(account, 'remediate');
  // A budget of its own is what a storm of repairs would run into; it has a test, and is not what is measured.
  const { settings } = installed(account, { patterns: {}, env: { MOUNTKEEPER_REPAIRS_PER_HOUR: '1000' } });
  const world = worldOn(account, role);
  const texts = Array.from({ length: EVENTS }, (_none, index) => textOf(stops[index % services], index, services));
  const parsing = await timed(() => texts.reduce((sum, text) => sum + JSON.parse(text).id.length, 0));
  const since = account.callCount();
  const running = await timed(async () => {
    for (const [index, text] of texts.entries()) {
      if (index % A_SECOND === 0) await account.clock.advance(1_000);
      await walk(remediate, JSON.parse(text), { world, settings, runId: world.unique() });
    }
  });
  const made = account.calls.slice(since).filter(({ caller }) => caller === role);
  const changes = made.filter(({ service, operation }) => !OWN.includes(service) && !READS.test(operation));
  const repairs = cause === 'acl' ? 0 : services;
  const name = `${EVENTS} stops: ${what}`;
  return [
    exactly(repairs, { what: `rules and grants written, ${name}`, figure: changes.filter(isRight).length, unit: '' }),
    exactly(repairs, {
      what: `other changes, each service deployed once more, ${name}`,
      figure: changes.filter((call) => !isRight(call)).length,
      unit: '',
    }),
    exactly(services, { what: `alerts, ${name}`, figure: alertsOf(account), unit: '' }),
    limit(EVENTS, {
      what: `ledger writes, ${name}`,
      figure: made.filter(({ operation }) => WRITES.test(operation)).length,
      unit: '',
    }),
    {
      what: `events a second, ${name}`,
      figure: (EVENTS / running.ms) * 1_000,
      unit: '/s',
      floor: (EVENTS / parsing.ms) * 1_000,
      against: 'parsing the same JSON',
    },
    { what: `AWS calls an event, ${name}`, figure: made.length / EVENTS, unit: '' },
  ];
}

function isRight({ operation }: CallRecord): boolean {
  return /^(Authorize|PutRolePolicy)/.test(operation);
}

async function crashing(cause: BreakName, services: number): Promise<{ account: Account; stops: readonly BusEvent[] }> {
  const account = createAccount();
  const estates = Array.from({ length: services }, (_none, number) => buildEstate(account, { name: `shop${number}` }));
  for (const estate of estates) breakIt(account, estate, cause);
  // At once: ECS forgets a stopped task after an hour, and each takes minutes to fail.
  await Promise.all(estates.map((estate) => runEstate(account, estate)));
  const stops = account.bus.events.filter((event) => JSON.stringify(event).includes('"stopCode":"TaskFailedToStart"'));
  const families = new Map(stops.map((event) => [(event.detail as { group?: string }).group, event]));
  return { account, stops: [...families.values()] };
}

/** The first of each service is the one that the account knows; the others are tasks that it forgot since. */
function textOf(stop: BusEvent | undefined, index: number, services: number): string {
  if (stop === undefined) throw new Error('a service has not stopped');
  if (index < services) return JSON.stringify(stop);
  const number = index.toString(16).padStart(8, '0');
  const detail = stop.detail as { readonly taskArn: string };
  const taskArn = `${detail.taskArn.slice(0, -8)}${number}`;
  return JSON.stringify({ ...stop, id: `e0000000-0000-4000-9000-0000${number}`, detail: { ...detail, taskArn } });
}

function alertsOf({ state }: Account): number {
  return state.sns.published.filter(({ topicArn }) => topicArn.endsWith(':mountkeeper-alerts')).length;
}
