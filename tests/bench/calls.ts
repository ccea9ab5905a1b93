import { BREAK_NAMES, type BreakName, breakIt, breakOf } from '../../lib/simulator/break-it.ts';
import type { EstateWishes } from '../../lib/simulator/estate/spec.ts';
import { buildEstate, runEstate } from '../../lib/simulator/estate.ts';
import { type Bound, boundOf, REMEDIATE } from './bounds.ts';
import { CHANGES, SET_UP } from './changes.ts';
import { atMost, atMostMore, type Part, type Row } from './row.ts';
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
      if (stages) rows.push(...rowsOf(`remediate, ${cause}`, (await stopped(cause, SHORT_MS)).trace, boundOf(stages)));
    }
    for (const { what, keeper, bound, run } of [SET_UP, ...CHANGES]) {
      const account = slowAccount(SHORT_MS);
      const since = await run(account);
      rows.push(...rowsOf(`${keeper}, ${what}`, traceOf(account, keeper, since), boundOf(bound)));
    }
    return [...rows, await repairTime()];
  },
};

function rowsOf(what: string, trace: Trace, bound: Bound): readonly Row[] {
  return [
    atMost(1.25, {
      what: `AWS calls, ${what}`,
      figure: trace.calls.length,
      unit: '',
      floor: bound.calls,
      against: 'worked out in bounds.ts',
    }),
    atMostMore(1, {
      what: `round trips one after the other, ${what}`,
      figure: trace.roundTrips,
      unit: '',
      floor: bound.trips,
      against: 'worked out in bounds.ts',
    }),
  ];
}

interface Repair {
  readonly trace: Trace;
  /** From the delivery of the stop to the write that repairs. */
  readonly repairMs: number;
}

/** One task that could not start because of this, and one run of remediate for it. */
async function stopped(cause: BreakName, latencyMs: number): Promise<Repair> {
  const wishes: EstateWishes = breakOf(cause).kinds.includes('fargate') ? {} : { launch: 'EC2', networkMode: 'bridge' };
  const account = slowAccount(latencyMs);
  const estate = buildEstate(account, wishes);
  let repairedAt = Number.NaN;
  installed(account);
  breakIt(account, estate, cause);
  await runEstate(account, estate);
  account.slow = true;
  account.answered = ({ operation }) => {
    if (operation.startsWith('Authorize')) repairedAt = performance.now();
  };
  const start = performance.now();
  await account.bus.drain();
  return { trace: traceOf(account, 'remediate'), repairMs: repairedAt - start };
}

async function repairTime(): Promise<Row> {
  const repairs: Repair[] = [];
  for (let time = 0; time < TIMES; time += 1) repairs.push(await stopped('sg-ingress', CALL_MS));
  // Whatever else the machine does only adds to it.
  const { trace, repairMs } = repairs.toSorted((one, other) => one.repairMs - other.repairMs)[0] as Repair;
  const first = trace.calls[0]?.depth ?? 0;
  const write = trace.calls.find(({ operation }) => operation.startsWith('Authorize'));
  const trips = (write?.depth ?? 0) - first + 1;
  return atMost(1.15, {
    what: `time from the stop event to the repaired rule, ${CALL_MS} ms a call, best of ${TIMES}`,
    figure: repairMs,
    unit: 'ms',
    floor: trips * CALL_MS,
    against: `${trips} round trips of ${CALL_MS} ms`,
  });
}
