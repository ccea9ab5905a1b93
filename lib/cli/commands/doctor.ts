import { writeFileSync } from 'node:fs';
import { gatherTelling } from '../../keepers/doctor/gather.ts';
import { FORMATS, type Format, parse } from '../../keepers/doctor/parse.ts';
import { reportOf } from '../../keepers/doctor/report-of.ts';
import type { DoctorReport } from '../../report/doctor/report.ts';
import { doctorText } from '../../report/doctor/text.ts';
import { doctorHtml } from '../../report/doctor-html.ts';
import { PLAIN } from '../../report/palette.ts';
import { Stop } from '../exit.ts';
import type { CliContext } from '../program.ts';
import type { Terminal } from '../terminal.ts';
import { mustBeWritable } from '../writable-file.ts';
import { problemsText } from './answers.ts';
import type { AwsOptions } from './aws-options.ts';

export interface DoctorOptions extends AwsOptions {
  readonly all?: boolean;
  readonly cluster?: string;
  readonly format?: string;
  readonly out?: string;
  readonly full?: boolean;
}

/** Looks with the caller's own credentials and changes nothing. Gives the report's exit code. */
export async function doctor(
  reference: string | undefined,
  options: DoctorOptions,
  { terminal, connect }: CliContext,
): Promise<number> {
  const format = formatOf(options);
  if (reference !== undefined && options.all) throw new Stop('Give a family or --all, not both.');
  if (options.out !== undefined) mustBeWritable(options.out, '--out');
  const { world, settings } = await connect({ ...options, ...(reference === undefined ? {} : { reference }) });
  const asked = reference === undefined ? { all: true } : { taskDefinition: reference };
  const request = { ...asked, format, ...(options.cluster === undefined ? {} : { cluster: options.cluster }) };
  const parsed = parse(request, world.self);
  if (parsed.kind !== 'go') throw new Stop(parsed.kind === 'bad' ? problemsText(parsed.problems) : parsed.why);
  if (terminal.canAsk)
    terminal.talk(
      terminal.talkPalette.dim(`Looking at ${reference ?? 'every family that opted in'} in ${world.self.region} ...`),
    );
  const facts = await gatherTelling(parsed.input, { world, settings, progress: progressOn(terminal) });
  const report = reportOf(facts);
  const palette = options.out === undefined ? terminal.palette : PLAIN;
  const text = RENDER[format](report, { palette, full: options.full === true });
  if (options.out === undefined) await terminal.data(`${text}\n`);
  else {
    writeFileSync(options.out, `${text}\n`);
    terminal.talk(
      `Written to ${options.out}: ${report.counts['must-fix']} must fix, ${report.counts['should-fix']} should fix, ${report.counts['not-checked']} not checked.`,
    );
  }
  return report.exitCode;
}

/** For a person who waits; a few families are no wait. */
function progressOn({ canAsk, talk, talkPalette }: Terminal) {
  return (done: number, all: number): void => {
    if (canAsk && all > FEW && done < all) talk(talkPalette.dim(`  ${done} of ${all} families`));
  };
}

const FEW = 10;

type Render = (report: DoctorReport, options: NonNullable<Parameters<typeof doctorText>[1]>) => string;

const RENDER: Readonly<Record<Format, Render>> = {
  json: (report) => JSON.stringify(report, undefined, 2),
  text: doctorText,
  html: (report) => doctorHtml(report),
};

/** As asked for, else by the name of the file. */
function formatOf({ format, json, out }: DoctorOptions): Format {
  if (format === undefined && json) return 'json';
  const byName = FORMATS.find((one) => out?.endsWith(`.${one}`)) ?? 'text';
  const found = format === undefined ? byName : FORMATS.find((one) => one === format);
  if (found === undefined)
    throw new Stop(`--format is "${String(format).slice(0, 40)}"; expected one of ${FORMATS.join(', ')}.`);
  return found;
}
