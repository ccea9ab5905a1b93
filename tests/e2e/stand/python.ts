import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, PYTHON_FOLDER } from './places.ts';

const INTERPRETERS = ['python3.11', 'python3.12', 'python3.13', 'python3'];

/** A virtual environment under .cache/ with exactly the packages of requirements.txt; made again when that file changes. */
export function preparePython(say: (line: string) => void): string {
  const wanted = join(PYTHON_FOLDER, 'requirements.txt');
  const folder = join(CACHE, 'e2e-python');
  const stamp = join(folder, 'made-from');
  const digest = createHash('sha256').update(readFileSync(wanted)).digest('hex');
  const python = join(folder, 'bin', 'python');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return python;
  const interpreter = findPython();
  say(`making .cache/e2e-python with ${interpreter} (once, some minutes)`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(CACHE, { recursive: true });
  execFileSync(interpreter, ['-m', 'venv', folder], { stdio: 'inherit' });
  const flags = [
    '--quiet',
    '--no-cache-dir',
    '--disable-pip-version-check',
    '--no-deps',
    '--require-hashes',
    '--only-binary',
    ':all:',
  ];
  execFileSync(python, ['-m', 'pip', 'install', ...flags, '-r', wanted], { stdio: 'inherit' });
  writeFileSync(stamp, digest);
  return python;
}

function findPython(): string {
  const found = INTERPRETERS.find(isRecent);
  if (found) return found;
  throw new Error(
    'No Python 3.11 or later with venv was found, and the emulators that the product is deployed to are written in it. ' +
      'Nothing was tested. Install it (Debian: apt-get install python3 python3-venv) and run this again; ' +
      'tests/e2e/README.md lists what is needed.',
  );
}

function isRecent(interpreter: string): boolean {
  try {
    execFileSync(interpreter, ['-c', 'import sys, venv; sys.exit(sys.version_info < (3, 11))'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
