import { writeFileSync } from 'node:fs';
import { DEFAULT_SETTINGS, type ThroughputSettings } from '../../keepers/throughput/terms.ts';
import { table } from '../../report/table.ts';
import { EXIT, Stop } from '../exit.ts';
import type { CliContext } from '../program.ts';
import type { AwsOptions } from './aws-options.ts';

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
  const settings = settingsOf(options);
  if (options.serve) return await serve(settings, context);
  if ((file === undefined) === (options.fileSystem === undefined))
    throw new Stop(
      'Give a file of CloudWatch data (.csv or .json), or --file-system fs-... to read the last 15 days; or --serve: one JSON object a line on standard input, one a line on standard output.',
    );
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
    ? JSON.stringify({ days: compared.days, results: compared.rows }, undefined, 2)
    : `${compared.about}\n\n${table(compared.rows.map(cellsOf), { head: HEAD, right: [1, 2, 3, 4], palette })}`;
  await context.terminal.data(`${text}\n`);
  return EXIT.fine;
}

/** A line is answered before the next is read. */
async function serve(settings: ThroughputSettings, { terminal }: CliContext): Promise<number> {
  const { createServer } = await import('../what-if/serve.ts');
  const server = createServer(settings);
  for await (const line of terminal.lines()) {
    const answer = server.answer(line);
    if (answer !== undefined) await terminal.data(`${answer}\n`);
  }
  return EXIT.fine;
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

/** A what-if has no owner whose bounds would hold, so there are none but AWS's unless they are given. */
function settingsOf({ throttledMinuteUsd, maxMibps, maxMonthlyUsd, allowElastic }: WhatIfOptions): ThroughputSettings {
  const { throttledMinuteUsd: usual } = DEFAULT_SETTINGS;
  return {
    ...DEFAULT_SETTINGS,
    throttledMinuteUsd: throttledMinuteUsd === undefined ? usual : amount(throttledMinuteUsd, '--throttled-minute-usd'),
    maxMibps: maxMibps === undefined ? API_LIMIT_MIBPS : amount(maxMibps, '--max-mibps'),
    maxMonthlyUsd: maxMonthlyUsd === undefined ? Number.MAX_SAFE_INTEGER : amount(maxMonthlyUsd, '--max-monthly-usd'),
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

interface Row {
  readonly policy: string;
  readonly usdPerMonth: number;
  readonly throttledMinutes: number;
  readonly changes: number;
  readonly costUsdPerMonth: number;
}

function cellsOf({ policy, usdPerMonth, throttledMinutes, changes, costUsdPerMonth }: Row): readonly string[] {
  return [policy, usdPerMonth.toFixed(2), String(throttledMinutes), String(changes), costUsdPerMonth.toFixed(2)];
}
