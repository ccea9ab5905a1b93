import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { runDemo } from '../../lib/cli/demo/run-demo.ts';
import { createTerminal } from '../../lib/cli/terminal.ts';
import { tempFolder } from '../temp-folder.ts';

const ROOT = resolve(__dirname, '..', '..');
const NODE = join(ROOT, 'node_modules', '.bin', 'node');
const FOLDER = tempFolder('demo');

async function demo(...words: readonly string[]) {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const exitCode = await runDemo(words, createTerminal({ stdin, stdout, stderr, env: {} }));
  const [data, talk] = [stdout, stderr].map((stream) => String(stream.read() ?? ''));
  return { exitCode, data: data ?? '', talk: talk ?? '' };
}

test.each([
  [['--nope'], "unknown option '--nope'"],
  [['now'], 'too many arguments'],
  [['--report', join(FOLDER, 'nowhere', 'x.html')], 'x.html, which cannot be written (its folder is not there)'],
])('%j is refused before anything is told', async (words, said) => {
  const { exitCode, data, talk } = await demo(...words);
  expect({ exitCode, data }).toEqual({ exitCode: 2, data: '' });
  expect(talk).toContain(said);
});

test('--help says what it takes, and runs nothing', async () => {
  const { exitCode, data, talk } = await demo('--help');
  expect({ exitCode, talk }).toEqual({ exitCode: 0, talk: '' });
  expect(data).toContain('--report [file]');
  expect(data).not.toContain('A task that cannot mount EFS');
});

test('whoever stops reading, as head does, is no error', () => {
  const script = 'set -o pipefail; "$0" lib/cli/demo/main.ts | head -1';
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script, NODE], { cwd: ROOT, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^Mountkeeper on a simulated AWS account/);
});
