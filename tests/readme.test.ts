import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CATALOGUE, type CatalogueRow } from '../lib/domain/finding.ts';
import { TAG } from '../lib/domain/tags.ts';
import { SETTINGS } from '../lib/settings.ts';

const ROOT = resolve(__dirname, '..');
const PATH = join(ROOT, 'README.md');
const serverless = readFileSync(join(ROOT, 'serverless.yml'), 'utf8');

function sectionOf(text: string, name: string): string {
  return text.split(`<!-- ${name}:begin -->\n`)[1]?.split(`<!-- ${name}:end -->`)[0] ?? `no section ${name}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('');
}

function findings(): string {
  const rows = Object.entries(CATALOGUE as Readonly<Record<string, CatalogueRow>>);
  return table(
    ['finding', 'severity', 'what it means', 'what to do'],
    rows.map(([code, { severity, title, remedy }]) => [`\`${code}\``, severity.replace('-', ' '), title, remedy]),
  );
}

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

/** `UPDATE_README=1 npx jest tests/readme` writes the generated tables anew. */
const GENERATED = { findings, settings };

test.each(Object.entries(GENERATED))('the table of %s is the one in the code', (name, make) => {
  const text = readFileSync(PATH, 'utf8');
  if (process.env['UPDATE_README'] === '1') {
    writeFileSync(PATH, text.replace(`${sectionOf(text, name)}<!-- ${name}:end -->`, `${make()}<!-- ${name}:end -->`));
    return;
  }
  expect(sectionOf(text, name)).toBe(make());
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
