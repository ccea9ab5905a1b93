import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..', '..');
const SOURCES = ['functions', 'lib', 'serverless.yml', 'package.json', 'tsconfig.json'];

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Conditions: Readonly<Record<string, unknown>>;
}

/** The template that is deployed, made of a copy: the framework's work folder lies beside serverless.yml, and other tests package too. */
export function packagedTemplate(params: readonly string[] = []): Template {
  const folder = mkdtempSync(join(tmpdir(), 'mountkeeper-roles-'));
  try {
    for (const name of SOURCES) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const serverless = join(ROOT, 'node_modules', 'serverless', 'bin', 'serverless.js');
    const env = { PATH: process.env['PATH'], HOME: folder, AWS_EC2_METADATA_DISABLED: 'true' };
    const made = join(folder, 'made');
    const args = [serverless, 'package', '--package', made, ...params.map((param) => `--param=${param}`)];
    execFileSync(process.execPath, args, { cwd: folder, env, stdio: 'pipe' });
    return JSON.parse(readFileSync(join(made, 'cloudformation-template-update-stack.json'), 'utf8')) as Template;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
