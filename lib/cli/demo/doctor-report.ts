import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gather } from '../../keepers/doctor/gather.ts';
import { reportOf } from '../../keepers/doctor/report-of.ts';
import type { DoctorReport } from '../../report/doctor/report.ts';
import { doctorHtml } from '../../report/doctor-html.ts';
import { createAccount } from '../../simulator/account.ts';
import { breakIt } from '../../simulator/break-it.ts';
import { buildEstate, runEstate } from '../../simulator/estate.ts';
import { liveThroughput } from '../../simulator/live-throughput.ts';
import { furnish } from '../../simulator/stack/furnish.ts';
import { install } from '../../simulator/stack/installation.ts';
import { worldOn } from '../../simulator/world-on.ts';
import { VERSION } from '../../version.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const GIB = 1024 ** 3;

const ROOT = resolve(fileURLToPath(import.meta.url), '..', '..', '..', '..');

/** The doctor's report of a simulated account as a page. */
export async function writeReport(file: string): Promise<void> {
  writeFileSync(file, doctorHtml(await demoReport(ROOT)));
}

/** What the doctor says of a simulated account with some families, one of them healthy, after a day of work. */
export async function demoReport(root: string): Promise<DoctorReport> {
  const account = createAccount();
  const { settings } = install(account, { functions: {}, patterns: {} });
  furnish(account, { root, version: VERSION });
  const checkout = buildEstate(account, { name: 'checkout' });
  const shop = buildEstate(account, { name: 'shop-api', keys: { mountTargetGroup: false } });
  const reports = buildEstate(account, { name: 'reports', zones: 3, mountTargets: 2, policy: 'none' });
  buildEstate(account, { name: 'search', beside: checkout, keys: { role: false } });
  await runEstate(account, checkout);
  breakIt(account, shop, 'sg-ingress');
  breakIt(account, shop, 'no-grant');
  work(account, checkout.fileSystemId, 20);
  work(account, reports.fileSystemId, 64);
  await account.clock.advance(DAY_MS);
  const world = worldOn(account, `arn:aws:iam::${account.accountId}:role/admin`);
  return reportOf(await gather({ format: 'html' }, world, settings));
}

/** More by day than by night; 200 GiB earn 10 MiB/s. */
function work(account: ReturnType<typeof createAccount>, fileSystemId: string, mostMibps: number): void {
  const fileSystem = account.state.efs.fileSystems[fileSystemId];
  if (fileSystem !== undefined) fileSystem.sizeBytes.standard = 200 * GIB;
  const load = (atMs: number) => {
    const share = (1 + Math.sin(((atMs % DAY_MS) / DAY_MS) * 2 * Math.PI - Math.PI / 2)) / 2;
    return { readMibps: mostMibps * share * 0.6, writeMibps: mostMibps * share * 0.4 };
  };
  liveThroughput(account, fileSystemId, { load });
}
