import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { answerOf } from '../../lib/report/answer.ts';
import { scale } from '../scale.ts';
import { FUNCTIONS, stage, touched } from './stage.ts';

const EVENTS = resolve(__dirname, '..', '..', 'events');
/** Of the Region that the installation lives in: what is not mutilated too badly gets past the door and is read. */
const TEXT = readFileSync(join(EVENTS, 'ecs-task-stopped.json'), 'utf8').replaceAll('us-east-1', 'eu-west-1');
const stopped = JSON.parse(TEXT) as Record<string, unknown>;

/** Texts that break naive code: control characters, markup, prototypes, very long ones, wrong ARNs. */
const hostile = fc.oneof(
  fc.constantFrom(
    '__proto__',
    'constructor',
    '<!channel>',
    '\u0000\u001b[31m',
    '\r\nSubject: resolved',
    `${'A'.repeat(70_000)}`,
    'arn:aws:ecs:eu-west-1:111122223333:task/../..',
    '{"detail":',
    '9'.repeat(400),
    'mount.nfs4: Connection timed out',
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
);
const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  hostile,
  fc.constant(undefined),
  fc.double(),
  fc.bigInt().map(String),
);

/** A real event with one to four of its members, at any depth, gone or replaced. */
const mutilated = fc
  .array(fc.record({ path: fc.nat(200), value: anything, remove: fc.boolean() }), { minLength: 1, maxLength: 4 })
  .map((cuts) => cuts.reduce<unknown>((event, cut) => mutilate(event, cut), structuredClone(stopped)));

function mutilate(
  root: unknown,
  cut: { readonly path: number; readonly value: unknown; readonly remove: boolean },
): unknown {
  const places: { readonly holder: Record<string, unknown>; readonly key: string }[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const key of Object.keys(node)) {
      places.push({ holder: node as Record<string, unknown>, key });
      visit((node as Record<string, unknown>)[key]);
    }
  };
  visit(root);
  const place = places[cut.path % Math.max(1, places.length)];
  if (!place) return root;
  if (cut.remove) delete place.holder[place.key];
  else place.holder[place.key] = cut.value;
  return root;
}

const truncated = fc.nat(JSON.stringify(stopped).length).map((length) => JSON.stringify(stopped).slice(0, length));

test.each(Object.keys(FUNCTIONS))(
  '%s: bad input crashes nothing, changes nothing, tells nobody',
  async (name) => {
    const { account, installed } = stage();
    const before = touched(account);
    const bad = fc.oneof(
      { weight: 1, arbitrary: mutilated },
      { weight: 6, arbitrary: anything },
      { weight: 1, arbitrary: truncated },
    );
    let runs = 0;
    let read = 0;
    await fc.assert(
      fc.asyncProperty(bad, async (event) => {
        runs += 1;
        const calls = account.callCount();
        const arrived = await installed.deliver(name as never, event);
        if (account.callCount() > calls) read += 1;
        expect(() => JSON.stringify(answerOf(arrived))).not.toThrow();
      }),
      { numRuns: scale(10_000), seed: 20_260_901 },
    );
    expect(runs).toBeGreaterThanOrEqual(10_000);
    if (name === 'remediate') expect(read).toBeGreaterThan(100);
    expect({ account: touched(account), alerts: account.state.sns.published }).toEqual({ account: before, alerts: [] });
  },
  240_000,
);
