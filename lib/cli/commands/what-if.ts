import { writeFileSync } from 'node:fs';
import { DEFAULT_SETTINGS, type ThroughputSettings } from '../../keepers/throughput/terms.ts';
import { table } from '../../report/table.ts';
import { EXIT, Stop } from '../exit.ts';
import type { CliContext } from '../program.ts';
import { mustBeWritable } from '../writable-file.ts';
import type { AwsOptions } from './aws-options.ts';
import type { Compared, ComparedRow } from './what-if-compare.ts';

export interface WhatIfOptions extends AwsOptions {
  readonly serve?: boolean;
  readonly fileSystem?: string;
  readonly sizeGib?: string;
  readonly creditTib?: string;
  readonly html?: string;
  readonly throttledMinuteUsd?: string;
  readonly maxMibps?: string;
  readonly maxMonthlyUsd?: string;
  readonly allowElastic?: boolean;
}

/** What the EFS API takes at most (EFS API reference, ProvisionedThroughputInMibps). */
const API_LIMIT_MIBPS = 3414;

/** Lives through a load again under several policies, or lets any outside simulator drive ours line by line. */
export async function whatIf(file: string | undefined, options: WhatIfOptions, context: CliContext): Promise<number> {
  mustFit(file, options);
  const settings = settingsOf(options);
  if (options.serve) return await serve(settings, context);
  if (options.html !== undefined) mustBeWritable(options.html, '--html');
  const series = await seriesOf(file, options, context);
  const { compare } = await import('./what-if-compare.ts');
  const compared = compare(series, settings);
  if (options.html !== undefined) {
    const { whatIfHtml } = await import('./what-if-page.ts');
    writeFileSync(options.html, whatIfHtml(compared));
    context.terminal.talk(`Written to ${options.html}.`);
  }
  const { palette } = context.terminal;
  const text = options.json
    ? JSON.stringify(answerOf(compared), undefined, 2)
    : [
        compared.about,
        table(compared.rows.map(cellsOf), { head: HEAD, right: [1, 2, 3, 4], palette }),
        ...compared.notes,
      ].join('\n\n');
  await context.terminal.data(`${text}\n`);
  return EXIT.fine;
}

function answerOf({ days, bounds, rows, notes }: Compared) {
  return { days, bounds, results: rows, notes };
}

function mustFit(file: string | undefined, { serve, fileSystem, html }: WhatIfOptions): void {
  if (serve && (file ?? fileSystem ?? html) !== undefined)
    throw new Stop('--serve reads lines from standard input: give no file, no --file-system and no --html with it.');
  if (serve) return;
  if (file !== undefined && fileSystem !== undefined) throw new Stop('Give a file or --file-system, not both.');
  if (html?.trim() === '') throw new Stop('--html is empty; expected the name of a file, such as page.html.');
  if (file === undefined && fileSystem === undefined)
    throw new Stop(
      'Give a file of CloudWatch data (.csv or .json), or --file-system fs-... to read the last 15 days; or --serve: one JSON object a line on standard input, one a line on standard output.',
    );
}

/** A line is answered before the next is read. */
async function serve(settings: ThroughputSettings, { terminal }: CliContext): Promise<number> {
  const { createServer } = await import('../what-if/serve.ts');
  const server = createServer(settings);
  for await (const line of terminal.lines()) {
    const answer = server.answer(line);
    if (answer !== undefined) await terminal.data(`${answer}\n`);
  }
  return server.unread() > 0 ? EXIT.failed : EXIT.fine;
}

async function seriesOf(file: string | undefined, options: WhatIfOptions, context: CliContext) {
  const { sizeGib, creditTib, fileSystem = '' } = options;
  const given = {
    ...(sizeGib === undefined ? {} : { sizeGib: amount(sizeGib, '--size-gib') }),
    ...(creditTib === undefined ? {} : { creditTib: amount(creditTib, '--credit-tib') }),
  };
  const { seriesFromFile, seriesFromCloudWatch } = await import('./what-if-series.ts');
  if (file !== undefined) return seriesFromFile(file, given);
  const { world } = await context.connect(options);
  return await seriesFromCloudWatch(fileSystem, given, world);
}

/** As a file system without tags is kept; an outside simulator has no owner, so only AWS's limits hold unless others are given. */
function settingsOf(options: WhatIfOptions): ThroughputSettings {
  const { throttledMinuteUsd, maxMibps, maxMonthlyUsd, allowElastic } = options;
  const usual = options.serve
    ? { ...DEFAULT_SETTINGS, maxMibps: API_LIMIT_MIBPS, maxMonthlyUsd: Number.MAX_SAFE_INTEGER }
    : DEFAULT_SETTINGS;
  const given = (text: string | undefined, option: string, fallback: number): number =>
    text === undefined ? fallback : amount(text, option);
  return {
    ...usual,
    throttledMinuteUsd: given(throttledMinuteUsd, '--throttled-minute-usd', usual.throttledMinuteUsd),
    maxMibps: given(maxMibps, '--max-mibps', usual.maxMibps),
    maxMonthlyUsd: given(maxMonthlyUsd, '--max-monthly-usd', usual.maxMonthlyUsd),
    allowElastic: allowElastic === true,
  };
}

function amount(text: string, option: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0))
    throw new Stop(`${option} is "${text.slice(0, 40)}"; expected a number, 0 or more.`);
  return value;
}

const HEAD = ['policy', 'USD a month', 'throttled minutes', 'changes', 'cost with throttling'];

function cellsOf({ policy, usdPerMonth, throttledMinutes, changes, costUsdPerMonth }: ComparedRow): readonly string[] {
  return [policy, usdPerMonth.toFixed(2), String(throttledMinutes), String(changes), costUsdPerMonth.toFixed(2)];
}
