import { Command } from 'commander';
import { ANSI, type Palette } from '../../report/palette.ts';
import { table } from '../../report/table.ts';
import { EXIT } from '../exit.ts';
import { tellError } from '../tell-error.ts';
import type { Terminal } from '../terminal.ts';
import { mustBeWritable } from '../writable-file.ts';
import { writeReport } from './doctor-report.ts';
import { tellDrifting } from './drifting.ts';
import { tellMountFailures } from './mount-failures.ts';
import { tellOptingIn } from './opting-in.ts';
import { createTeller } from './stage-manager.ts';
import { tellThroughput } from './throughput.ts';

const HEAD = ['cause', 'verdict', 'change', 'calls', 'mounted'];

interface DemoOptions {
  readonly report?: string;
}

/** Runs the demo as its words ask, and gives its exit code. */
export async function runDemo(words: readonly string[], terminal: Terminal): Promise<number> {
  const program = new Command('demo')
    .usage('[options]   (npm run demo -- [options])')
    .description('Mountkeeper on a simulated AWS account: nothing leaves this machine.')
    .option('--report [file]', "write the doctor's report of a simulated account as a page (default: report.html)")
    .showHelpAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void terminal.data(text),
      writeErr: (text) => terminal.talk(text.trimEnd()),
    })
    .action(({ report }: { readonly report?: string | true }) =>
      tellAll(report === undefined ? {} : { report: report === true ? 'report.html' : report }, terminal),
    );
  try {
    await program.parseAsync([...words], { from: 'user' });
  } catch (error) {
    return tellError(error, terminal);
  }
  return EXIT.fine;
}

async function tellAll({ report }: DemoOptions, terminal: Terminal): Promise<void> {
  if (report !== undefined) mustBeWritable(report, '--report');
  const palette = paletteOf(terminal);
  const teller = createTeller((line) => void terminal.data(`${line}\n`), palette);
  teller.says(palette.bold('Mountkeeper on a simulated AWS account: nothing here leaves this machine.'));
  const rows = await tellMountFailures(teller);
  await tellOptingIn(teller);
  await tellDrifting(teller);
  tellThroughput(teller);
  teller.chapter('What came of it', 'The mount failures of the first two chapters.');
  teller.says(table(rows, { head: HEAD, right: [3], palette }));
  if (report === undefined) return;
  await writeReport(report);
  teller.says(`\nThe doctor's report of a simulated account is in ${report}.`);
}

/** FORCE_COLOR gives colours to whoever records the demo through a pipe. */
function paletteOf({ env, palette }: Terminal): Palette {
  return env['FORCE_COLOR'] && !env['NO_COLOR'] ? ANSI : palette;
}
