import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Bundle, type Bundles, bundles } from './build.ts';
import { atMost, exactly, median, type Part, type Row } from './row.ts';
import { ROOT } from './slow-account.ts';

const STARTS = 15;

const ENVIRONMENT = {
  MOUNTKEEPER_ACCOUNT_ID: '111122223333',
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'EXAMPLEACCESSKEYID',
  AWS_SECRET_ACCESS_KEY: 'example',
  MOUNTKEEPER_LEDGER_TABLE: 'ledger',
  MOUNTKEEPER_TOPIC_ARN: 'arn:aws:sns:eu-west-1:111122223333:mountkeeper-alerts',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  POWERTOOLS_METRICS_DISABLED: 'true',
};

const TIME = `const start = performance.now();
await import(process.argv[1]);
console.log(performance.now() - start);`;

/** Lists the files of the bundle that are loaded at the start, and then by an event that is none of this function's. */
const LIST = `import { registerHooks } from 'node:module';
const loaded = [];
registerHooks({ load: (url, context, next) => { if (url.startsWith('file:')) loaded.push(url); return next(url, context); } });
const { handler } = await import(process.argv[1]);
const start = loaded.length;
const answers = [];
for (const event of JSON.parse(process.argv[2] ?? '[]')) answers.push(await handler(event, { awsRequestId: 'bench' }));
console.log(JSON.stringify({ start: loaded.slice(0, start), event: loaded.slice(start), answers }));`;

const STOPPED = JSON.parse(readFileSync(join(ROOT, 'events/ecs-task-stopped.json'), 'utf8'));

function event(id: number, account: string, about: Readonly<Record<string, unknown>>): unknown {
  const known = { version: '0', id: `e0000000-0000-4000-8000-00000000000${id}`, account, region: 'eu-west-1' };
  return { ...known, time: '2026-09-01T10:00:00Z', resources: [], ...about };
}

/** Of another account; and of this one, near to what the functions listen to, but for none of them. */
const FOREIGN = [
  event(1, '444455556666', { source: 'example.other', 'detail-type': 'Example Nobody Listens To', detail: {} }),
  { ...STOPPED, detail: { ...STOPPED.detail, stopCode: 'UserInitiated', stoppedReason: 'Task stopped by user' } },
  event(2, ENVIRONMENT.MOUNTKEEPER_ACCOUNT_ID, {
    source: 'aws.ec2',
    'detail-type': 'AWS API Call via CloudTrail',
    detail: { eventSource: 'ec2.amazonaws.com', eventName: 'StartInstances', userIdentity: {}, requestParameters: {} },
  }),
];

const NOT_AT_THE_DOOR = ['@aws-sdk/client-ec2', '@aws-sdk/client-iam', '@aws-sdk/client-ecs'];

export const starts: Part = {
  name: 'starts',
  run: async () => {
    const built = await bundles();
    try {
      return [...timeRows(built), ...byteRows(built)];
    } finally {
      rmSync(built.folder, { recursive: true, force: true });
    }
  },
};

/** In turns, so that a slow moment of the machine hits all of them. */
function timeRows({ functions, hello }: Bundles): readonly Row[] {
  const times = new Map<string, number[]>([hello, ...functions].map(({ name }) => [name, []]));
  for (let start = 0; start < STARTS; start += 1) {
    for (const { name, entry } of [hello, ...functions]) times.get(name)?.push(Number(node(TIME, [entry])));
  }
  const floor = median(times.get(hello.name) ?? []);
  return functions.map(({ name }) =>
    atMost(1.3, {
      what: `load time, ${name}`,
      figure: median(times.get(name) ?? []),
      unit: 'ms',
      floor,
      against: `hello-world with an EFS client, median of ${STARTS} fresh processes each`,
    }),
  );
}

function byteRows(built: Bundles): readonly Row[] {
  const floor = bytesOf(loadedBy(built.hello).start);
  return built.functions.flatMap((bundle) => {
    const { start, event, answers } = loadedBy(bundle, FOREIGN);
    const heavy = [...start, ...event]
      .flatMap((url) => clientsIn(url, built))
      .filter((name) => NOT_AT_THE_DOOR.includes(name));
    return [
      atMost(1.6, {
        what: `bytes loaded at the start, ${bundle.name}`,
        figure: bytesOf(start),
        unit: 'B',
        floor,
        against: 'the same hello-world',
      }),
      exactly(0, {
        what: `clients of EC2 and IAM and ECS loaded for foreign events, ${bundle.name}`,
        figure: new Set(heavy).size,
        unit: '',
      }),
      exactly(FOREIGN.length, {
        what: `foreign events that are answered without any work, ${bundle.name}`,
        figure: answers.filter(({ result }) => result === 'ignored').length,
        unit: '',
      }),
      { what: `further bytes loaded for foreign events, ${bundle.name}`, figure: bytesOf(event), unit: 'B' },
    ];
  });
}

interface Loaded {
  readonly start: readonly string[];
  readonly event: readonly string[];
  readonly answers: readonly { readonly result?: string }[];
}

function loadedBy({ entry }: Bundle, events: readonly unknown[] = []): Loaded {
  return JSON.parse(node(LIST, [entry, JSON.stringify(events)])) as Loaded;
}

function bytesOf(urls: readonly string[]): number {
  return urls.reduce((sum, url) => sum + statSync(fileURLToPath(url)).size, 0);
}

function clientsIn(url: string, { metafile }: Bundles): readonly string[] {
  const output = metafile.outputs[relative(ROOT, fileURLToPath(url))];
  if (!output) throw new Error(`the bundle says nothing of ${url}`);
  return Object.keys(output.inputs).flatMap(
    (input) => /node_modules\/(@aws-sdk\/client-[a-z0-9-]+)\//.exec(input)?.[1] ?? [],
  );
}

function node(script: string, args: readonly string[]): string {
  const options = { env: { ...ENVIRONMENT, PATH: process.env['PATH'] ?? '' }, encoding: 'utf8' as const };
  return execFileSync(process.execPath, ['--input-type=module', '-e', script, ...args], options).trim();
}
