import { remediate } from '../../lib/keepers/remediate/keeper.ts';
import { walk } from '../../lib/road.ts';
import { BREAK_NAMES, type BreakName, breakIt, breakOf } from '../../lib/simulator/break-it.ts';
import type { EstateWishes } from '../../lib/simulator/estate/spec.ts';
import { buildEstate, runEstate } from '../../lib/simulator/estate.ts';
import { functionRole } from '../../lib/simulator/stack/installation.ts';
import { worldOn } from '../../lib/simulator/world-on.ts';
import { type Bound, boundOf, REMEDIATE, UNTIL_REPAIRED } from './bounds.ts';
import { CHANGES, ROUNDS, SET_UP } from './changes.ts';
import { atMost, exactly, nearBound, nearBoundPlus, type Part, type Row } from './row.ts';
import { installed, slowAccount, type Trace, traceOf } from './slow-account.ts';

/** Short, but long beside the program's own work between two calls. */
const SHORT_MS = 25;
const CALL_MS = 60;
const TIMES = 5;

export const calls: Part = {
  name: 'calls',
  run: async () => {
    const rows: Row[] = [];
    for (const cause of BREAK_NAMES) {
      const stages = REMEDIATE[cause];
      if (breakOf(cause).ends === 'refused') {
        rows.push(unheard(cause, await stopped(cause, SHORT_MS)));
        continue;
      }
      if (!stages) throw new Error(`bounds.ts says nothing of ${cause}`);
      rows.push(...rowsOf(`remediate: ${cause}`, await stopped(cause, SHORT_MS), boundOf(stages)));
    }
    for (const { what, keeper, bound, run } of [SET_UP, ...CHANGES, ...ROUNDS]) {
      const account = slowAccount(SHORT_MS);
      const since = await run(account);
      rows.push(...rowsOf(`${keeper}: ${what}`, traceOf(account, keeper, since), boundOf(bound)));
    }
    return [...rows, await repairTime()];
  },
};

/** ECS refuses to place the task, so none stops. */
function unheard(cause: BreakName, { calls: made }: Trace): Row {
  return exactly(0, { what: `AWS calls where no task is placed, remediate: ${cause}`, figure: made.length, unit: '' });
}

function rowsOf(what: string, trace: Trace, bound: Bound): readonly Row[] {
  return [
    nearBound(1.25, {
      what: `AWS calls, ${what}`,
      figure: trace.calls.length,
      unit: '',
      floor: bound.calls,
      against: 'the bound in bounds.ts',
    }),
    nearBoundPlus(1, {
      what: `round trips, ${what}`,
      figure: trace.roundTrips,
      unit: '',
      floor: bound.trips,
      against: 'the bound in bounds.ts',
    }),
  ];
}

/** One task that could not start because of this, and one run of remediate for it. */
export async function stopped(cause: BreakName, latencyMs: number): Promise<Trace> {
  const wishes: EstateWishes = breakOf(cause).kinds.includes('fargate') ? {} : { launch: 'EC2', networkMode: 'bridge' };
  const account = slowAccount(latencyMs);
  const estate = buildEstate(account, wishes);
  installed(account);
  breakIt(account, estate, cause);
  await runEstate(account, estate);
  account.slow = true;
  await account.bus.drain();
  return traceOf(account, 'remediate');
}

/** From the stop event to the answer of the write that repairs, in a function that is warm: its clients are made. */
async function repair(): Promise<number> {
  const account = slowAccount(CALL_MS);
  const estate = buildEstate(account, {});
  const { settings } = installed(account, { patterns: {} });
  const world = worldOn(account, functionRole(account, 'remediate'));
  const road = { world, settings, runId: 'bench' };
  await walk(remediate, { cluster: estate.clusterName, service: `${estate.family}`, dryRun: true }, road);
  breakIt(account, estate, 'sg-ingress');
  await runEstate(account, estate);
  const stop = account.bus.events.findLast((event) => JSON.stringify(event).includes('"lastStatus":"STOPPED"'));
  // Not what a stop button remembers from a moment ago: it is asked for as after a quiet time.
  await account.clock.advance(60_000);
  let repairedAt = Number.NaN;
  account.answered = ({ operation }) => {
    if (operation.startsWith('Authorize')) repairedAt = performance.now();
  };
  account.slow = true;
  const start = performance.now();
  await walk(remediate, stop, road);
  return repairedAt - start;
}

async function repairTime(): Promise<Row> {
  const repairs: number[] = [];
  for (let time = 0; time < TIMES; time += 1) repairs.push(await repair());
  // Whatever else the machine does only adds to it.
  const { trips } = boundOf(UNTIL_REPAIRED);
  return atMost(1.15, {
    what: `time from the stop event to the repaired rule, warm, ${CALL_MS} ms a call, best of ${TIMES}`,
    figure: Math.min(...repairs),
    unit: 'ms',
    floor: trips * CALL_MS,
    against: `the ${trips} round trips of bounds.ts until the rule is there`,
  });
}
