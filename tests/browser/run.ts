import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { demoReport } from '../../lib/cli/demo/doctor-report.ts';
import { allChecks } from '../../lib/report/doctor/report.ts';
import { doctorHtml } from '../../lib/report/doctor-html.ts';
import { checkAxe } from './checks/axe.ts';
import { checkCopy } from './checks/copy.ts';
import { checkLayout } from './checks/layout.ts';
import { checkHeadOnPhone, checkTable } from './checks/table.ts';
import { checkWhatIf } from './checks/what-if.ts';
import { check, failures, type Stand } from './stand.ts';

const ROOT = resolve(import.meta.dirname, '..', '..');
const CHROMIUM = '/usr/bin/chromium';
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** The report in a real browser: layout, filter, copy, what a screen reader hears. Debian's Chromium, installed where it is not there. */
function install(): void {
  if (existsSync(CHROMIUM)) return;
  console.log('Chromium is not there: apt-get install chromium');
  execFileSync('apt-get', ['update', '-qq'], { stdio: 'inherit' });
  execFileSync('apt-get', ['install', '-y', '-qq', 'chromium'], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** The pictures are kept in the folder that is asked for, else only where something failed. */
async function main(wanted: string | undefined): Promise<void> {
  install();
  const report = await demoReport(ROOT);
  const folder = wanted ?? mkdtempSync(join(tmpdir(), 'mountkeeper-report-'));
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'report.html');
  writeFileSync(file, doctorHtml(report));
  const axe = readFileSync(join(ROOT, 'node_modules/axe-core/axe.min.js'), 'utf8');
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS });
  const stand: Stand = { browser, url: pathToFileURL(file).href, checks: allChecks(report), axe, folder };
  try {
    for (const width of [390, 768, 1440])
      for (const scheme of ['light', 'dark'] as const) {
        await checkLayout(stand, { width, scheme });
        await checkAxe(stand, { width, scheme });
      }
    await checkWhatIf(stand);
    await checkTable(stand);
    await checkHeadOnPhone(stand);
    await checkCopy(stand);
  } finally {
    await browser.close();
  }
  check('the file is small enough to mail', Buffer.byteLength(readFileSync(file)) < 2_000_000);
  const passed = failures.length === 0;
  console.log(
    passed ? 'All browser checks passed.' : `${failures.length} browser checks failed; pictures are in ${folder}`,
  );
  if (passed && wanted === undefined) rmSync(folder, { recursive: true });
  process.exitCode = passed ? 0 : 1;
}

await main(process.argv[2]);
