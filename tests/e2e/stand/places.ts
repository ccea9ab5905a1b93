import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '..', '..', '..');
export const CACHE = join(ROOT, '.cache');
export const PYTHON_FOLDER = join(ROOT, 'tests', 'e2e', 'python');
/** The node of the project, not the machine's: emulated functions run on it. */
export const NODE_FOLDER = join(ROOT, 'node_modules', 'node', 'bin');

/** Both emulators are told these; they are the ids of the samples in events/. */
export const ACCOUNT_ID = '111122223333';
export const REGION = 'eu-west-1';
