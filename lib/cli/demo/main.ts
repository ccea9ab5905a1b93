import { ANSI, PLAIN } from '../../report/palette.ts';
import { table } from '../../report/table.ts';
import { writeReport } from './doctor-report.ts';
import { tellDrifting } from './drifting.ts';
import { tellMountFailures } from './mount-failures.ts';
import { tellOptingIn } from './opting-in.ts';
import { createTeller } from './stage-manager.ts';
import { tellThroughput } from './throughput.ts';

const HEAD = ['cause', 'verdict', 'change', 'calls', 'mounted'];

/** Colours on a terminal, or where FORCE_COLOR asks for them; never where NO_COLOR is set (no-color.org). */
function paletteOf() {
  const wanted = process.stdout.isTTY === true || (process.env['FORCE_COLOR'] ?? '') !== '';
  return wanted && (process.env['NO_COLOR'] ?? '') === '' ? ANSI : PLAIN;
}

async function main(): Promise<void> {
  const palette = paletteOf();
  const teller = createTeller((line) => process.stdout.write(`${line}\n`), palette);
  teller.says(palette.bold('Mountkeeper on a simulated AWS account: nothing here leaves this machine.'));
  const rows = await tellMountFailures(teller);
  await tellOptingIn(teller);
  await tellDrifting(teller);
  tellThroughput(teller);
  teller.chapter('What came of it', 'The mount failures of the first two chapters.');
  teller.says(table(rows, { head: HEAD, right: [3], palette }));
  const report = await writeReport(process.argv.slice(2));
  if (report !== undefined) teller.says(`\nThe doctor's report of a simulated account is in ${report}.`);
}

await main();
