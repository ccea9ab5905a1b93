import { DEFAULT_SETTINGS, type ThroughputSettings } from '../../keepers/throughput/terms.ts';
import { EXIT, Stop } from '../exit.ts';
import type { Terminal } from '../terminal.ts';
import { createServer } from '../what-if/serve.ts';

export interface WhatIfOptions {
  readonly serve?: boolean;
  readonly throttledMinuteUsd?: string;
  readonly maxMibps?: string;
  readonly maxMonthlyUsd?: string;
  readonly allowElastic?: boolean;
}

/** What the EFS API takes at most (EFS API reference, ProvisionedThroughputInMibps). */
const API_LIMIT_MIBPS = 3414;

/** Lets any outside simulator drive the policy: one JSON object a line in, one out. */
export async function whatIf(options: WhatIfOptions, terminal: Terminal): Promise<number> {
  if (!options.serve)
    throw new Stop('Say --serve: one JSON object a line on standard input, one a line on standard output.');
  const server = createServer(settingsOf(options));
  for await (const line of terminal.lines()) {
    const answer = server.answer(line);
    if (answer !== undefined) await terminal.data(`${answer}\n`);
  }
  return EXIT.fine;
}

/** A what-if has no owner whose bounds would hold, so there are none but AWS's unless they are given. */
function settingsOf(options: WhatIfOptions): ThroughputSettings {
  return {
    ...DEFAULT_SETTINGS,
    throttledMinuteUsd: amount(options.throttledMinuteUsd, {
      fallback: DEFAULT_SETTINGS.throttledMinuteUsd,
      option: '--throttled-minute-usd',
    }),
    maxMibps: amount(options.maxMibps, { fallback: API_LIMIT_MIBPS, option: '--max-mibps' }),
    maxMonthlyUsd: amount(options.maxMonthlyUsd, { fallback: Number.MAX_SAFE_INTEGER, option: '--max-monthly-usd' }),
    allowElastic: options.allowElastic === true,
  };
}

function amount(
  text: string | undefined,
  { fallback, option }: { readonly fallback: number; readonly option: string },
): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0)
    throw new Stop(`${option} is "${text.slice(0, 40)}"; expected a number, 0 or more.`);
  return value;
}
