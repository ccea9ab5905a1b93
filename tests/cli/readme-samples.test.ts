import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { samplesMarkdown } from './samples.ts';

// The first test of a file loads every client; on a busy machine that takes seconds.
jest.setTimeout(60_000);

const ROOT = resolve(__dirname, '..', '..');

test('README shows each command with what it really prints (node tests/cli/readme-samples.ts writes it)', async () => {
  const readme = readFileSync(resolve(ROOT, 'README.md'), 'utf8');
  const shown = /<!-- commands:begin -->\n\n([\s\S]*?)\n\n<!-- commands:end -->/.exec(readme)?.[1];
  expect(shown).toBe(await samplesMarkdown(ROOT));
});
