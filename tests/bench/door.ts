import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { remediate } from '../../lib/keepers/remediate/keeper.ts';
import { walk } from '../../lib/road.ts';
import { createAccount } from '../../lib/simulator/account.ts';
import { compilePattern } from '../../lib/simulator/event-pattern.ts';
import { functionRole } from '../../lib/simulator/stack/installation.ts';
import { worldOn } from '../../lib/simulator/world-on.ts';
import { atMost, exactly, median, type Part, type Row } from './row.ts';
import { installed, PATTERNS, ROOT } from './slow-account.ts';

const TIMES = 2_000;
const TURNS = 15;

interface Kind {
  readonly what: string;
  /** Of a thousand task state changes: an estimate of a busy cluster with services, jobs and a few that crash. */
  readonly share: number;
  readonly detail: Readonly<Record<string, unknown>>;
}

const STOPPED = { lastStatus: 'STOPPED', desiredStatus: 'STOPPED' };
const STARTED = { startedAt: '2026-09-01T10:00:00.000Z' };
const NOT_STARTED = { startedAt: undefined, containers: [{ name: 'app', lastStatus: 'STOPPED' }] };
const exited = (exitCode: number) => ({ containers: [{ name: 'app', lastStatus: 'STOPPED', exitCode }] });

/** A task changes its state five times before it stops. */
const MIX: readonly Kind[] = [
  { what: 'on its way up or down', share: 830, detail: { lastStatus: 'RUNNING', stopCode: undefined } },
  {
    what: 'a deployment or scaling ends it',
    share: 100,
    detail: {
      ...STOPPED,
      ...STARTED,
      ...exited(143),
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason: 'Scaling activity initiated by (deployment ecs-svc/1)',
    },
  },
  {
    what: 'a job is done',
    share: 50,
    detail: {
      ...STOPPED,
      ...STARTED,
      ...exited(0),
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
    },
  },
  {
    what: 'an application crashes',
    share: 14,
    detail: {
      ...STOPPED,
      ...STARTED,
      ...exited(1),
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
    },
  },
  {
    what: 'an image cannot be pulled',
    share: 5,
    detail: {
      ...STOPPED,
      ...NOT_STARTED,
      stopCode: 'TaskFailedToStart',
      stoppedReason:
        'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref example.com/app:latest: not found',
    },
  },
  {
    what: 'a mount fails',
    share: 1,
    detail: {
      ...STOPPED,
      ...NOT_STARTED,
      stopCode: 'TaskFailedToStart',
      stoppedReason:
        'ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: mount.nfs4: Connection timed out',
    },
  },
];

/** What gets past the door is not measured here: it is the others that must cost nothing. */
const OURS = 'a mount fails';
const SPOKEN_TO = 'an application crashes';

export const door: Part = {
  name: 'door',
  run: async () => [
    ...MIX.filter(({ what }) => what !== OURS && what !== SPOKEN_TO).map(timeRow),
    await callsRow(),
    ...shareRows(),
  ],
};

const SAMPLE = JSON.parse(readFileSync(join(ROOT, 'events/ecs-task-stopped.json'), 'utf8'));
const SELF = { accountId: SAMPLE.account as string, region: SAMPLE.region as string, partition: 'aws' };

function eventOf({ detail }: Kind): unknown {
  return JSON.parse(JSON.stringify({ ...SAMPLE, detail: { ...SAMPLE.detail, ...detail } }));
}

function timeRow(kind: Kind): Row {
  const text = JSON.stringify(eventOf(kind));
  const parsing: number[] = [];
  const both: number[] = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    parsing.push(repeated(() => JSON.parse(text)));
    both.push(repeated(() => remediate.parse(JSON.parse(text), SELF)));
  }
  return atMost(3, {
    what: `an event that is none of ours, parsed and judged: ${kind.what}`,
    figure: median(both),
    unit: 'µs',
    floor: median(parsing),
    against: 'parsing the same JSON',
  });
}

function repeated(work: () => unknown): number {
  const start = performance.now();
  for (let time = 0; time < TIMES; time += 1) work();
  return ((performance.now() - start) / TIMES) * 1_000;
}

async function callsRow(): Promise<Row> {
  const account = createAccount({ accountId: SELF.accountId, region: SELF.region });
  const { settings } = installed(account, { patterns: {} });
  const role = functionRole(account, 'remediate');
  const world = worldOn(account, role);
  for (const kind of MIX.filter(({ what }) => what !== OURS && what !== SPOKEN_TO))
    await walk(remediate, eventOf(kind), { world, settings, runId: 'bench' });
  return exactly(0, {
    what: 'AWS calls for all of these',
    figure: account.calls.filter(({ caller }) => caller === role).length,
    unit: '',
  });
}

function shareRows(): readonly Row[] {
  const accepts = (PATTERNS['remediate'] ?? []).map(compilePattern);
  const starting = MIX.filter((kind) => accepts.some((accept) => accept(eventOf(kind))));
  const going = starting.filter((kind) => remediate.parse(eventOf(kind), SELF).kind === 'go');
  const all = sum(MIX);
  const stops = MIX.filter(({ detail }) => detail['lastStatus'] === 'STOPPED');
  return [
    {
      what: 'share of a mix of task state changes that starts a function',
      figure: (sum(starting) / all) * 100,
      unit: '%',
    },
    { what: 'share of its stops that starts a function', figure: (sum(starting) / sum(stops)) * 100, unit: '%' },
    { what: 'share of its stops that asks AWS anything', figure: (sum(going) / sum(stops)) * 100, unit: '%' },
  ];
}

function sum(kinds: readonly Kind[]): number {
  return kinds.reduce((total, { share }) => total + share, 0);
}
