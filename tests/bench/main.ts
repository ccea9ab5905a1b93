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

Prints tables: each figure, its floor or peer measured in the same run, the ratio, and what is to be reached.
Parts: ${PARTS.map(({ name }) => name).join(', ')}. Without a name: all of them, a few minutes on two cores.
Ends with 1 where a figure misses what is to be reached: MISSED. A busy machine can be the reason for one of time.`;

async function main(args: readonly string[]): Promise<number> {
  process.env['POWERTOOLS_LOG_LEVEL'] ??= 'SILENT';
  process.env['POWERTOOLS_METRICS_DISABLED'] ??= 'true';
  if (args.includes('--help')) {
    console.log(USAGE);
    return 0;
  }
  const wrong = args.filter((arg) => arg !== '--json' && !PARTS.some((part) => part.name === arg));
  if (wrong.length > 0) {
    console.error(`There is no part and no option ${wrong.join(', ')}.\n\n${USAGE}`);
    return 2;
  }
  const isJson = args.includes('--json');
  const chosen = PARTS.filter(({ name }) => args.includes(name));
  const measured: (Row & { readonly part: string })[] = [];
  for (const part of chosen.length === 0 ? PARTS : chosen) {
    console.error(`measuring: ${part.name} …`);
    const rows = await part.run();
    measured.push(...rows.map((row) => ({ part: part.name, ...withRatio(row) })));
    if (!isJson) console.log(`${print(part.name, rows)}\n`);
  }
  if (isJson) console.log(JSON.stringify(measured, null, 2));
  const missed = measured.filter(({ ok }) => ok === false);
  if (missed.length > 0) console.error(`MISSED: ${missed.map(({ what }) => what).join('; ')}`);
  return missed.length > 0 ? 1 : 0;
}

process.exitCode = await main(process.argv.slice(2));
