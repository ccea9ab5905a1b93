import { figuresOf, type Run } from '../lib/figures.ts';
import { came, done, INGRESS_MISSING, OPEN_INGRESS, RESTART, withheldBy } from './report/samples.ts';

const outcome = came({ findings: [INGRESS_MISSING], steps: [done(OPEN_INGRESS)], withheld: withheldBy([RESTART]) });
const occurrence = { ...({} as NonNullable<Settled['occurrence']>) };
type Settled = Extract<Run['arrived'], { kind: 'walked' }>['settled'][number];

function run(settled: readonly Settled[], event: unknown = {}): Run {
  const arrived = { kind: 'walked', keeper: 'remediate', mode: 'repair', dryRun: false, settled, figures: [] } as const;
  return { arrived, event, incidents: { opened: 2, resolved: 1 }, nowMs: Date.parse('2026-09-01T10:01:00Z') };
}

const named = (figures: ReturnType<typeof figuresOf>) =>
  Object.fromEntries(figures.map(({ name, value }) => [name, value]));

test('a run counts its changes, what each guard held, its alerts and the incidents', () => {
  const told = { outcome, incident: 'inc-1', told: true, occurrence };
  const hushed = { outcome: came({ findings: [INGRESS_MISSING] }), incident: 'inc-2', told: false, occurrence };
  expect(named(figuresOf(run([told, hushed])))).toEqual({
    Walked: 1,
    Remediated: 1,
    Refused: 1,
    'Withheld-key': 1,
    IncidentsOpened: 2,
    IncidentsResolved: 1,
    AlertsSent: 1,
    AlertsSuppressed: 1,
  });
});

test('an event has an age; the time to a repair is that of a run which changed something', () => {
  const event = { time: '2026-09-01T10:00:00Z' };
  const repaired = named(figuresOf(run([{ outcome, incident: 'inc-1', told: true }], event)));
  const looked = named(figuresOf(run([], event)));
  expect([repaired['EventAge'], repaired['EventToRepair']]).toEqual([60_000, 60_000]);
  expect([looked['EventAge'], looked['EventToRepair']]).toEqual([60_000, undefined]);
});

test('what is not for us is counted as that alone', () => {
  const arrived = { kind: 'ignored', keeper: 'drift', why: 'not ours' } as const;
  expect(named(figuresOf({ ...run([]), arrived }))).toEqual({ Ignored: 1 });
});
