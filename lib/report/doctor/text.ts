import { visible } from '../alert/safe-text.ts';
import { type Palette, PLAIN } from '../palette.ts';
import { columnsOf } from '../table.ts';
import {
  type CheckState,
  type DoctorCheck,
  type DoctorFamily,
  type DoctorReport,
  type DoctorVolume,
  type Fault,
  STATE_WORDS,
  STOP_TITLES,
  type Stop,
} from './report.ts';

export interface TextOptions {
  readonly palette?: Palette;
  /** Lists what is fine as well. */
  readonly full?: boolean;
}

interface Look {
  readonly palette: Palette;
  readonly full: boolean;
}

/** The report for a terminal: what is wrong in full, what is fine in a line. */
export function doctorText(report: DoctorReport, { palette = PLAIN, full = false }: TextOptions = {}): string {
  const look = { palette, full };
  const lines = [
    palette.bold(
      `Mountkeeper doctor, account ${report.account}, ${report.region}, ${report.madeAt.slice(0, 16).replace('T', ' ')} UTC`,
    ),
    '',
    ...section('Mountkeeper itself', report.installation, look),
    ...report.families.flatMap((family) => ['', ...familyLines(family, look)]),
    ...(report.families.length === 0 ? ['', 'No family has opted in: there is no mount to check.'] : []),
    '',
    summary(report, look),
  ];
  return lines.map((line) => line.trimEnd()).join('\n');
}

const PAINTS: Readonly<Record<CheckState | 'note', keyof Palette>> = {
  fine: 'green',
  'should-fix': 'yellow',
  'must-fix': 'red',
  'not-checked': 'cyan',
  note: 'dim',
};

const LABELS: Readonly<Record<CheckState | 'note', string>> = { ...STATE_WORDS, note: 'note' };
const LABEL_WIDTH = 11;

function label(state: CheckState | 'note', { palette }: Look): string {
  return palette[PAINTS[state]](LABELS[state].padEnd(LABEL_WIDTH));
}

function section(title: string, checks: readonly DoctorCheck[], look: Look): readonly string[] {
  return [look.palette.bold(title), ...checkLines(checks, look)];
}

/** What is fine is one line together, unless all is asked for. */
function checkLines(checks: readonly DoctorCheck[], look: Look): readonly string[] {
  const fine = checks.filter(({ faults }) => faults.length === 0);
  const told = checks.filter(({ faults }) => faults.length > 0);
  const quiet = look.full
    ? fine.map(({ title }) => `  ${label('fine', look)} ${title}`)
    : fine.length === 0
      ? []
      : wrapped(fine.map(({ title }) => title).join(', ')).map(
          (line, index) => `  ${index === 0 ? label('fine', look) : ' '.repeat(LABEL_WIDTH)} ${line}`,
        );
  return [...quiet, ...told.flatMap(({ faults }) => faults.flatMap((fault) => faultLines(fault, look)))];
}

function familyLines(family: DoctorFamily, look: Look): readonly string[] {
  const { palette } = look;
  return [
    palette.bold(`Family ${visible(family.revision)}, ${visible(family.runs)}`),
    ...checkLines(family.checks, look),
    ...family.volumes.flatMap((volume) => volumeLines(volume, look)),
  ];
}

function volumeLines(volume: DoctorVolume, look: Look): readonly string[] {
  const where = volume.mountedBy.length === 0 ? 'mounted by no container' : volume.mountedBy.join(', ');
  return [
    '',
    `  ${look.palette.bold(`Volume ${visible(volume.name)}`)} of ${volume.fileSystemId}: ${visible(where)}`,
    ...volume.stops.filter(({ checks }) => checks.length > 0).map((stop) => stopLine(stop, look)),
    ...volume.stops
      .flatMap(({ checks }) => checks.flatMap(({ faults }) => faults))
      .flatMap((fault) => ['', ...faultLines(fault, look)]),
  ];
}

const TITLE_WIDTH = Math.max(...Object.values(STOP_TITLES).map(columnsOf));

function stopLine({ name, state, what, checks }: Stop, look: Look): string {
  const title = STOP_TITLES[name].padEnd(TITLE_WIDTH);
  return `    ${label(state, look)} ${title}  ${visible(what)}${look.full ? ` (${checks.length} checks)` : ''}`;
}

function faultLines(fault: Fault, look: Look): readonly string[] {
  const indent = ' '.repeat(LABEL_WIDTH + 3);
  const told = fault.evidence.length > 0 ? fault.evidence : fault.subject === '' ? [] : [`on: ${fault.subject}`];
  return [
    `  ${label(fault.state, look)} ${visible(fault.title)} [${fault.code}]`,
    ...(fault.evidence.length > 0 && fault.code !== 'not-checked' ? [`${indent}on: ${visible(fault.subject)}`] : []),
    ...told.map((line) => `${indent}${visible(line)}`),
    ...wrapped(fault.remedy).map((line) => `${indent}${line}`),
    ...fault.commands.map((command) => `${indent}  ${look.palette.cyan(visible(command))}`),
    ...fault.mountkeeper.flatMap((line) => wrapped(`Mountkeeper: ${visible(line)}`).map((part) => `${indent}${part}`)),
    ...fault.ownerCommands.flatMap((command) => [
      `${indent}The owner runs:`,
      `${indent}  ${look.palette.cyan(visible(command))}`,
    ]),
  ];
}

function summary({ counts, exitCode }: DoctorReport, { palette }: Look): string {
  const words = (['must-fix', 'should-fix', 'not-checked', 'fine'] as const).map((state) => {
    const text = `${counts[state]} ${STATE_WORDS[state]}`;
    return counts[state] > 0 ? palette[PAINTS[state]](text) : text;
  });
  return `${palette.bold(ENDINGS[exitCode])} ${words.join(', ')}.`;
}

const ENDINGS: Readonly<Record<DoctorReport['exitCode'], string>> = {
  0: 'All that was asked for is in order.',
  1: 'Something must be fixed.',
  2: 'Nothing must be fixed as far as seen, but not everything could be looked at.',
};

const COLUMNS = 96;

function wrapped(text: string): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < COLUMNS) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
