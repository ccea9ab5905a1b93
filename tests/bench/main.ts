import { calls } from './calls.ts';
import { classifying } from './classifying.ts';
import { dollars } from './dollars.ts';
import { door } from './door.ts';
import { type Part, print, type Row, withRatio } from './row.ts';
import { starts } from './starts.ts';
import { storms } from './storms.ts';
import { sweep } from './sweep.ts';
import { throughputKeeper } from './throughput-keeper.ts';

const watch: Part = { name: 'watch', run: throughputKeeper };
const PARTS: readonly Part[] = [starts, calls, storms, door, classifying, sweep, watch, dollars];

const USAGE = `npm run bench [-- [--json] [part …]]

Prints one table: each figure, its floor or peer measured in the same run, and the ratio.
Parts: ${PARTS.map(({ name }) => name).join(', ')}. Without a name: all of them, a few minutes on two cores.
Ends with 1 where a figure misses what is to be reached.`;

async function main(args: readonly string[]): Promise<number> {
  process.env['POWERTOOLS_LOG_LEVEL'] ??= 'SILENT';
  process.env['POWERTOOLS_METRICS_DISABLED'] ??= 'true';
  if (args.includes('--help')) {
    console.log(USAGE);
    return 0;
  }
  const names = args.filter((arg) => !arg.startsWith('--'));
  const unknown = names.filter((name) => !PARTS.some((part) => part.name === name));
  if (unknown.length > 0) {
    console.error(`There is no part ${unknown.join(', ')}.\n\n${USAGE}`);
    return 2;
  }
  const rows: Row[] = [];
  for (const part of PARTS.filter(({ name }) => names.length === 0 || names.includes(name))) {
    console.error(`measuring: ${part.name} …`);
    rows.push(...(await part.run()));
  }
  console.log(args.includes('--json') ? JSON.stringify(rows.map(withRatio), null, 2) : print(rows));
  const missed = rows.filter(({ ok }) => ok === false);
  if (missed.length > 0) console.error(`missed: ${missed.map(({ what }) => what).join('; ')}`);
  return missed.length > 0 ? 1 : 0;
}

process.exitCode = await main(process.argv.slice(2));
