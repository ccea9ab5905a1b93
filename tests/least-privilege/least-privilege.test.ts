import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { allows } from './judge.ts';
import { guardOf } from './keys.ts';
import { packagedTemplate, type Template } from './packaged.ts';
import { distinct, type Request, requestsOf } from './requests.ts';
import { roleOf, type Statement } from './roles.ts';
import { recordedCalls } from './runs.ts';

const FUNCTIONS = readdirSync(resolve(__dirname, '..', '..', 'functions'));

let template: Template;
const requests = new Map<string, readonly Request[]>();

beforeAll(async () => {
  template = packagedTemplate(['chatTopic=true']);
  const calls = await recordedCalls();
  for (const [name, made] of calls) requests.set(name, distinct(made.flatMap(requestsOf)));
}, 300_000);

const shown = ({ action, resource, resourceTags, requestTags }: Request) =>
  `${action} on ${resource} ${JSON.stringify({ resourceTags, requestTags })}`;

/** Lambda's own log and what it hands over by itself: no call of the program needs them. */
const NOT_CALLED = (statement: Statement) =>
  statement.Sid === 'FailureDestination' ||
  [statement.Action]
    .flat()
    .every(
      (action) => action.startsWith('logs:Create') || action.startsWith('logs:Put') || action.startsWith('logs:Tag'),
    );

const TOLD_OR_TASK = ['ReadRunTaskRecord', 'ReadCredits', 'ReadLogKeys', 'ReadKeyedLogs'];
/**
 * Statements that a function shares with others and does not use itself: what every function may do, and what looking at
 * a mount reads only where a stopped task or its own words are at hand, which these two never have.
 */
const SHARED: Readonly<Record<string, readonly string[]>> = {
  doctor: ['Tell'],
  drift: TOLD_OR_TASK,
  sweep: TOLD_OR_TASK,
};

describe.each(FUNCTIONS)('%s', (name) => {
  test('its role allows every call that it makes', async () => {
    const role = roleOf(template, name);
    const made = requests.get(name) ?? [];
    const refused: string[] = [];
    for (const request of made) if (!(await allows(role, request))) refused.push(shown(request));
    expect(made.length).toBeGreaterThan(0);
    expect(refused).toEqual([]);
  }, 60_000);

  test('every statement of its role is needed by some call', async () => {
    const idle: string[] = [];
    const role = roleOf(template, name);
    for (const statement of role.filter((one) => !NOT_CALLED(one) && !SHARED[name]?.includes(one.Sid ?? '')))
      if (!(await isNeeded(role, statement, requests.get(name) ?? [])))
        idle.push(statement.Sid ?? JSON.stringify(statement));
    expect(idle).toEqual([]);
  }, 60_000);

  test("no write of its is allowed without its owner's key", async () => {
    const role = roleOf(template, name);
    const allowed: string[] = [];
    for (const request of requests.get(name) ?? [])
      for (const [how, without] of Object.entries(guardOf(request) ?? {}))
        if (await allows(role, without(request))) allowed.push(`${how}: ${shown(without(request))}`);
    expect(allowed).toEqual([]);
  }, 60_000);
});

/** Some call is allowed by this statement and would be refused without it. */
async function isNeeded(role: readonly Statement[], statement: Statement, made: readonly Request[]): Promise<boolean> {
  const others = role.filter((one) => one !== statement);
  for (const request of made) if ((await allows([statement], request)) && !(await allows(others, request))) return true;
  return false;
}
