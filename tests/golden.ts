import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const folder = join(__dirname, 'goldens');
const updating = process.env['UPDATE_GOLDENS'] === '1';

/** Compares a text for people with its file under tests/goldens/; `UPDATE_GOLDENS=1` writes the file instead. */
export function expectGolden(name: string, text: string): void {
  const path = join(folder, name);
  if (updating) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  if (!existsSync(path))
    throw new Error(`There is no golden ${name}: read the text, then write it with UPDATE_GOLDENS=1`);
  expect(text).toBe(readFileSync(path, 'utf8'));
}
