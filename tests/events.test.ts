import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { matchesPattern } from '../lib/simulator/event-pattern.ts';
import { functionPatterns } from '../lib/simulator/stack/function-patterns.ts';
import type { Self } from '../lib/world.ts';
import { keeperOf } from './keeper-of.ts';

const ROOT = resolve(__dirname, '..');
const PATTERNS = functionPatterns(ROOT);
const NAMES = Object.keys(PATTERNS);

function jsonIn(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder)).filter((name) => name.endsWith('.json'));
}

function read(path: string): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
}

async function takers(event: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const self: Self = { accountId: event['account'] ?? '', region: event['region'] ?? '', partition: 'aws' };
  const keepers = await Promise.all(NAMES.map(async (name) => ({ name, keeper: await keeperOf(name) })));
  return keepers.filter(({ keeper }) => keeper.parse(event, self).kind === 'go').map(({ name }) => name);
}

test.each(jsonIn('events'))(
  '%s is accepted by exactly one keeper, and by the pattern of its function',
  async (file) => {
    const event = read(join('events', file));
    const names = await takers(event);
    expect(names).toHaveLength(1);
    const matching = NAMES.filter((name) => (PATTERNS[name] ?? []).some((pattern) => matchesPattern(pattern, event)));
    // A schedule has no pattern; everything else reaches the function that takes it, and no other.
    expect(event['source'] === 'aws.events' ? names : matching).toEqual(names);
  },
);

test.each(jsonIn('events/by-hand'))('by-hand/%s is taken by the function that it is named after', async (file) => {
  const name = NAMES.find((one) => file.startsWith(`${one}-`)) ?? `no function for ${file}`;
  const self: Self = { accountId: '111122223333', region: 'eu-west-1', partition: 'aws' };
  const parsed = (await keeperOf(name)).parse(read(join('events', 'by-hand', file)), self);
  expect(parsed).toMatchObject({ kind: 'go', byHand: true });
});

test('every sample is told of in events/README.md', () => {
  const told = readFileSync(join(ROOT, 'events', 'README.md'), 'utf8');
  expect(jsonIn('events').filter((file) => !told.includes(`\`${file}\``))).toEqual([]);
});
