import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compare } from '../../../lib/cli/commands/what-if-compare.ts';
import { whatIfHtml } from '../../../lib/cli/commands/what-if-page.ts';
import { DEFAULT_SETTINGS } from '../../../lib/keepers/throughput/terms.ts';
import type { Stand } from '../stand.ts';
import { checkAxe } from './axe.ts';
import { checkLayout } from './layout.ts';

const MINUTES = 1440;

/** A day of busy office hours on a small file system. */
function page(): string {
  const writeMibps = Float64Array.from({ length: MINUTES }, (_none, minute) =>
    minute > 540 && minute < 1020 ? 40 : 2,
  );
  const series = {
    startMs: Date.UTC(2026, 7, 1),
    readMibps: new Float64Array(MINUTES),
    writeMibps,
    sizeGib: new Float64Array(MINUTES).fill(120),
    creditMib: 200_000,
  };
  return whatIfHtml(compare(series, DEFAULT_SETTINGS));
}

export async function checkWhatIf(stand: Stand): Promise<void> {
  const file = join(stand.folder, 'what-if.html');
  writeFileSync(file, page());
  const other = { ...stand, url: pathToFileURL(file).href, name: 'what-if' };
  for (const width of [390, 1440])
    for (const scheme of ['light', 'dark'] as const) {
      await checkLayout(other, { width, scheme });
      await checkAxe(other, { width, scheme });
    }
}
