import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Call } from './call-counter.ts';
import { NODE_FOLDER, ROOT } from './places.ts';

/** Emulated functions run on whatever `node` they find: it must be the one that serverless.yml deploys for. */
export function checkRuntime(): void {
  const version = versionOf(join(NODE_FOLDER, 'node'));
  if (majorOf(version) === deployed()) return;
  throw new Error(
    `The functions are deployed for Node.js ${deployed()}, and the one to run them on here is ${version}. ` +
      'Nothing was tested, since it would prove nothing of the other. Run npm ci, which brings the right one, and run this again.',
  );
}

/** The versions that the deployed functions said they run on. */
export function runtimesOf(calls: readonly Call[]): string {
  const found = new Set(calls.flatMap(({ agent }) => /nodejs#([\d.]+)/.exec(agent)?.[1] ?? []));
  const wrong = [...found].filter((version) => majorOf(version) !== deployed());
  if (found.size === 0 || wrong.length > 0) throw new Error(`deployed for ${deployed()}, ran on ${[...found]}`);
  return [...found].join(', ');
}

function versionOf(node: string): string {
  try {
    return execFileSync(node, ['--version'], { encoding: 'utf8' }).trim().replace('v', '');
  } catch {
    return 'missing';
  }
}

function majorOf(version: string): string | undefined {
  return version.split('.')[0];
}

function deployed(): string | undefined {
  return /^ {2}runtime: nodejs(\d+)\.x$/m.exec(readFileSync(join(ROOT, 'serverless.yml'), 'utf8'))?.[1];
}
