import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..');
const CHECK = './lib/runs-typescript.mjs';

const checked = (...flags: readonly string[]) =>
  spawnSync(process.execPath, [...flags, CHECK], { cwd: ROOT, encoding: 'utf8' });

test('a Node that does not run TypeScript is told what to do', () => {
  const { status, stderr } = checked('--no-experimental-strip-types');
  expect({ status, lines: stderr.trimEnd().split('\n').length }).toEqual({ status: 1, lines: 1 });
  expect(stderr).toMatch(/^Node [\d.]+ does not run TypeScript: install with `npm ci` without --ignore-scripts/);
});

test('a Node that does is let through', () => {
  expect(checked()).toMatchObject({ status: 0, stderr: '' });
});

test('every script that runs TypeScript is checked first', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const unchecked = Object.values(scripts).filter((script) => /^node .*\.ts$/.test(script) && !script.includes(CHECK));
  expect(unchecked).toEqual([]);
});
