import type { Command } from 'commander';
import type { CliContext } from '../program.ts';
import { withAws } from './aws-options.ts';
import type { WhatIfOptions } from './what-if.ts';

const FORMS = `
A .csv has a head and one row a period: a time and MeteredIOBytes (Sum), such as "Timestamp,MeteredIOBytes" and
"2026-06-01T00:00:00Z,2516582400". A .json is what "aws cloudwatch get-metric-statistics" or "get-metric-data" answers.`;

const SERVE = `
--serve answers one line of JSON for each line of JSON; what it knows of a file system it keeps from line to line:
  in   {"now":"2026-06-01T00:03:00Z","fileSystem":{"id":"fs-1","mode":"bursting","sizeStandardGib":100},"points":[
       {"at":"2026-06-01T00:00:00Z","creditBytes":0,"permittedBytesPerSecond":5242880,"meteredBytes":314572800}]}
  out  {"action":{"mode":"provisioned","mibps":40},"nextPollMinutes":2,"why":"..."}
"mibps" of a file system goes with the mode provisioned; "points" are those that are new; "refusal" {"error","message"} is what AWS
said to the last action; "action" is null where nothing is to be done. A line that cannot be read is answered with "error", "field",
"got" and "expected", and the next is read; exit code 2 at the end. No bounds hold but those that are given.`;

export function addWhatIf(program: Command, context: CliContext): void {
  withAws(program.command('what-if'))
    .description('live through a load again under several throughput policies: dollars, throttled minutes, changes')
    .argument('[file]', 'MeteredIOBytes as CloudWatch exports it: .csv or .json')
    .option('--file-system <id>', 'read the last 15 days of this file system instead')
    .option('--size-gib <gib>', 'size in the Standard class')
    .option('--credit-tib <tib>', 'burst credits at the start (default: a full bucket)')
    .option('--html <file>', 'write the comparison as a page with plots')
    .option('--serve', 'let an outside simulator drive the policy: one JSON object a line in, one out')
    .option('--throttled-minute-usd <usd>', 'what a throttled minute is worth, in US dollars (default 0.05)')
    .option('--max-mibps <mibps>', 'most that may be provisioned, in MiB/s (default 256, as without the tag)')
    .option('--max-monthly-usd <usd>', 'most that it may cost a month, in US dollars (default 100, as without the tag)')
    .option('--allow-elastic', 'Elastic mode may be chosen where it is cheaper')
    .addHelpText('after', `${FORMS}\n${SERVE}`)
    .action(async (file: string | undefined, options: WhatIfOptions) => {
      const { whatIf } = await import('./what-if.ts');
      context.finish(await whatIf(file, options, context));
    });
}
