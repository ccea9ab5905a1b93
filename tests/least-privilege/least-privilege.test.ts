import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { allows } from './judge.ts';
import { GUARDS, guardOf } from './keys.ts';
import { recordedCalls } from './recorded-calls.ts';
import { distinct, type Request, requestsOf, shown } from './requests.ts';
import type { Statement } from './roles.ts';
import { roleAsWritten } from './roles-as-written.ts';

const FUNCTIONS = readdirSync(resolve(__dirname, '..', '..', 'functions'));

const PARAMS = { chatTopic: 'true' };
/** One statement for all: whoever keeps a ledger does so by its four verbs. */
const AS_A_WHOLE = ['Ledger'];
const requests = new Map<string, readonly Request[]>();

beforeAll(async () => {
  const calls = await recordedCalls();
  for (const [name, made] of calls) requests.set(name, distinct(made.flatMap(requestsOf)));
}, 300_000);

/** Lambda's own log and what it hands over by itself: no call of the program needs them. */
const NOT_CALLED = (statement: Statement) =>
  statement.Sid === 'FailureDestination' ||
  [statement.Action]
    .flat()
    .every(
      (action) => action.startsWith('logs:Create') || action.startsWith('logs:Put') || action.startsWith('logs:Tag'),
    );

test('every guard is tried on what some function really asked', () => {
  const asked = new Set([...requests.values()].flatMap((made) => made.map(({ action }) => action)));
  expect(Object.keys(GUARDS).filter((action) => !asked.has(action))).toEqual([]);
});

describe.each(FUNCTIONS)('%s', (name) => {
  test('its role allows every call that it makes', async () => {
    const role = roleAsWritten(name, PARAMS);
    const made = requests.get(name) ?? [];
    const refused: string[] = [];
    for (const request of made) if (!(await allows(role, request))) refused.push(shown(request));
    expect(made.length).toBeGreaterThan(0);
    expect(refused).toEqual([]);
  }, 60_000);

  test('every action of every statement of its role is needed by some call', async () => {
    const role = actionByAction(roleAsWritten(name, PARAMS));
    const idle: string[] = [];
    for (const statement of role.filter((one) => !NOT_CALLED(one)))
      if (!(await isNeeded(role, statement, requests.get(name) ?? [])))
        idle.push(`${statement.Sid}: ${statement.Action}`);
    expect(idle).toEqual([]);
  }, 60_000);

  test("no write of its is allowed without its owner's key", async () => {
    const role = roleAsWritten(name, PARAMS);
    const allowed: string[] = [];
    for (const request of requests.get(name) ?? [])
      for (const [how, without] of Object.entries(guardOf(request) ?? {}))
        if (await allows(role, without(request))) allowed.push(`${how}: ${shown(without(request))}`);
    expect(allowed).toEqual([]);
  }, 60_000);
});

/** Statements of one action each, which allow the same together. */
function actionByAction(role: readonly Statement[]): readonly Statement[] {
  return role.flatMap((statement) =>
    AS_A_WHOLE.includes(statement.Sid ?? '')
      ? [statement]
      : [statement.Action].flat().map((Action) => ({ ...statement, Action })),
  );
}

/** Some call is allowed by this statement and would be refused without it. */
async function isNeeded(role: readonly Statement[], statement: Statement, made: readonly Request[]): Promise<boolean> {
  const others = role.filter((one) => one !== statement);
  for (const request of made.filter(({ action }) => [statement.Action].flat().includes(action)))
    if ((await allows([statement], request)) && !(await allows(others, request))) return true;
  return false;
}
