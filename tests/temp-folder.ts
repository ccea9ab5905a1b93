import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for the tests of one file; it goes when they are done. Not to be called inside a test. */
export function tempFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `mountkeeper-${name}-`));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
