import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { TAG } from '../lib/domain/tags.ts';
import { SETTINGS } from '../lib/settings.ts';
import { STACK_PARAMETERS } from '../lib/stack-parameters.ts';
import { months } from './bench/dollars.ts';
import { samplesMarkdown, whatIfMarkdown } from './cli/samples.ts';
import { costs, sumsIn } from './readme/costs.ts';
import { findings } from './readme/findings.ts';
import { sectionOf, table } from './readme/markdown.ts';
import { permissions, statementsOf, WHY } from './readme/permissions.ts';

// The first test of a file loads every client; on a busy machine that takes seconds.
jest.setTimeout(300_000);

const ROOT = resolve(__dirname, '..');
const PATH = join(ROOT, 'README.md');
const serverless = readFileSync(join(ROOT, 'serverless.yml'), 'utf8');

/** The stack parameter that feeds an environment variable, as serverless.yml says. */
function parameterOf(env: string): string {
  return new RegExp(`${env}: \\$\\{param:(\\w+)\\}`).exec(serverless)?.[1] ?? '–';
}

function settings(): string {
  return table(
    ['parameter', 'variable', 'default', 'meaning', 'expected'],
    Object.values(SETTINGS).map((row) => {
      const {
        env,
        meaning,
        expected,
        fallback,
      }: { readonly env: string; readonly meaning: string; readonly expected: string; readonly fallback?: string } =
        row;
      return [
        parameterOf(env) === '–' ? '–' : `\`${parameterOf(env)}\``,
        `\`${env}\``,
        fallback === undefined ? 'the stack gives it' : fallback === '' ? 'empty' : `\`${fallback}\``,
        meaning,
        expected,
      ];
    }),
  );
}

const UPDATING = process.env['UPDATE_README'] === '1';

function write(name: string, part: string): void {
  const text = readFileSync(PATH, 'utf8');
  writeFileSync(
    PATH,
    text.replace(`${sectionOf(text, name)}<!-- ${name}:end -->`, () => `${part}<!-- ${name}:end -->`),
  );
}

/** `UPDATE_README=1 npx jest tests/readme` writes what is generated anew. */
const GENERATED: Readonly<Record<string, () => string | Promise<string>>> = {
  findings,
  settings,
  permissions: () => permissions(ROOT),
  commands: () => samplesMarkdown(ROOT),
  'what-if': whatIfMarkdown,
};

test.each(Object.entries(GENERATED))('the part %s is what the code says', async (name, make) => {
  const part = await make();
  if (UPDATING) write(name, part);
  expect(sectionOf(readFileSync(PATH, 'utf8'), name)).toBe(part);
});

test('what a month costs is worked out from the calls, within a tenth', async () => {
  const worked = await months();
  if (UPDATING) write('costs', costs(worked));
  const told = sumsIn(sectionOf(readFileSync(PATH, 'utf8'), 'costs'));
  const off = worked.map(({ fixed, sweep, watch }, row) => Math.abs((told[row] ?? 0) / (fixed + sweep + watch) - 1));
  expect(off.map((share) => share < 0.1)).toEqual([true, true, true]);
});

test('somebody said why for every statement of a role, and for no other', () => {
  const sids = [...statementsOf(ROOT).values()].flat().map(({ Sid }) => Sid);
  expect(Object.keys(WHY).toSorted()).toEqual([...new Set(sids)].toSorted());
});

test('a call stands in the rows of those functions alone whose role has it', () => {
  const rows = permissions(ROOT).split('\n');
  const holders = (call: string) => rows.filter((row) => row.includes(call)).map((row) => row.split(' | ')[1]);
  expect({ delete: holders('DeleteRolePolicy'), revoke: holders('RevokeSecurityGroupIngress') }).toEqual({
    delete: ['revert'],
    revoke: ['drift, sweep', 'revert'],
  });
});

test('lib/README.md knows every room and every file beside the rooms', () => {
  const rooms = readFileSync(join(ROOT, 'lib', 'README.md'), 'utf8').split('```')[1] ?? '';
  const names = readdirSync(join(ROOT, 'lib')).filter((name) => name !== 'README.md');
  const told = rooms.split('\n').flatMap((line) => line.split(/ {2,}/)[0]?.split(', ') ?? []);
  expect(names.filter((name) => !rooms.includes(name))).toEqual([]);
  expect(told.filter((name, index) => name !== '' && told.indexOf(name) !== index)).toEqual([]);
});

test('every tag that the code knows is in the table, and no other', () => {
  const section = sectionOf(readFileSync(PATH, 'utf8'), 'tags');
  const told = [...section.matchAll(/mountkeeper:[a-z-]+/g)].map(([tag]) => tag);
  expect([...new Set(told)].toSorted()).toEqual(Object.values(TAG as Readonly<Record<string, string>>).toSorted());
});

test('every setting is given by the stack, and the stack gives no other', () => {
  const given = [...serverless.matchAll(/^ {4}(MOUNTKEEPER_[A-Z_]+):/gm)].map(([, env]) => env);
  const known = Object.values(SETTINGS)
    .map(({ env }) => env)
    .filter((env) => env !== 'AWS_REGION');
  expect(given.toSorted()).toEqual(known.toSorted());
});

test('a default of the stack is the default of the code', () => {
  const differing = Object.values(SETTINGS).flatMap((row) => {
    const { env, fallback }: { readonly env: string; readonly fallback?: string } = row;
    const parameter = parameterOf(env);
    const stack = new RegExp(`^ {4}${parameter}: (.*)$`, 'm').exec(serverless)?.[1]?.replace(/^'(.*)'$/, '$1');
    return parameter === '–' || fallback === undefined || stack === fallback
      ? []
      : [`${parameter}: ${stack} in the stack, ${fallback} in the code`];
  });
  expect(differing).toEqual([]);
});

test('every parameter of the stack has its row, and every one that the README gives is known', () => {
  const readme = readFileSync(PATH, 'utf8');
  const known = Object.keys(STACK_PARAMETERS);
  const given = [...readme.matchAll(/--param="(\w+)=/g)].map(([, name]) => name ?? '');
  const rows = readme.split('\n').flatMap((line) => (line.startsWith('| `') ? [line.split(' | ')[0]] : []));
  expect(given.filter((name) => !known.includes(name))).toEqual([]);
  expect(known.filter((name) => !rows.some((row) => row?.includes(`\`${name}\``)))).toEqual([]);
});
