import { dirname, join } from 'node:path';
import { CACHE, NODE_FOLDER, REGION, ROOT } from './places.ts';
import { runProgram } from './process.ts';

const WITHIN_MS = 600_000;

/** Warnings stand: they are about what the framework writes, and about conditions that parameters decide. */
export async function lintTemplate(python: string, packaged: string): Promise<string> {
  const template = join(packaged, 'cloudformation-template-update-stack.json');
  const args = ['--non-zero-exit-code', 'error', '--regions', REGION, '--template', template];
  const { stdout } = await checked(join(dirname(python), 'cfn-lint'), args);
  return `${stdout.split('\n').filter((line) => line.startsWith('W')).length} warnings`;
}

/** Runs tests that need jest, and gives its line of figures. */
export async function runJest(path: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
  const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
  const cache = join(CACHE, 'jest');
  const args = [jest, path, '-w', '1', '--cacheDirectory', cache, '--testPathIgnorePatterns', '/node_modules/'];
  const { stderr } = await checked(process.execPath, args, env);
  return /^Tests: +(.*)$/m.exec(stderr)?.[1] ?? 'no figures';
}

async function checked(file: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  try {
    const PATH = `${NODE_FOLDER}:${process.env['PATH']}`;
    return await runProgram(file, args, { cwd: ROOT, env: { ...process.env, ...env, PATH }, timeout: WITHIN_MS });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${stdout}\n${stderr}`.slice(-6_000));
  }
}
