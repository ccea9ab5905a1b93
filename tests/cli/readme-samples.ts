import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { samplesMarkdown } from './samples.ts';

const ROOT = resolve(import.meta.dirname, '..', '..');
const README = resolve(ROOT, 'README.md');
const BEGIN = '<!-- commands:begin -->';
const END = '<!-- commands:end -->';

/** Runs every command on a simulated account and writes what it printed between the markers of README.md. */
const text = readFileSync(README, 'utf8');
const [before, rest] = text.split(BEGIN);
const after = rest?.split(END)[1];
if (before === undefined || after === undefined) throw new Error(`README.md has no ${BEGIN} ... ${END}`);
writeFileSync(README, `${before}${BEGIN}\n\n${await samplesMarkdown(ROOT)}\n\n${END}${after}`);
