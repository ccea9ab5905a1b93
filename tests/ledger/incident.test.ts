import fc from 'fast-check';
import type { Incident, Telling } from '../../lib/domain/incident.ts';
import type { Occurrence } from '../../lib/ledger/ledger.ts';
import { tellingOf } from '../../lib/ledger/verbs/incident.ts';
import { scale } from '../scale.ts';
import { MINUTE, NOW, sampleOccurrence } from './samples.ts';

const codes = (...names: string[]) => names as unknown as Occurrence['codes'];

function after(...occurrences: Partial<Occurrence>[]): Telling {
  let telling: Telling | undefined;
  for (const one of occurrences) telling = tellingOf(sampleOccurrence(one), telling?.incident);
  if (telling === undefined) throw new Error('no occurrence');
  return telling;
}

test('the first time fires', () => {
  expect(after({})).toEqual({
    tell: true,
    status: 'firing',
    incident: {
      id: 'incident-1',
      keeper: 'remediate',
      thing: 'service/orders',
      family: 'orders',
      codes: ['sg-ingress'],
      severity: 'must-fix',
      firstAtMs: NOW,
      lastAtMs: NOW,
      toldAtMs: NOW,
      count: 1,
      status: 'firing',
    },
  });
});

test('the same within the window is counted, not told', () => {
  expect(after({}, { atMs: NOW + MINUTE, repaired: true })).toMatchObject({
    tell: false,
    incident: { count: 2, firstAtMs: NOW, lastAtMs: NOW + MINUTE, toldAtMs: NOW, lastRepairAtMs: NOW + MINUTE },
  });
});

test('a new cause breaks through, an old one that returns does not', () => {
  const added = { codes: codes('sg-egress'), atMs: NOW + MINUTE };
  expect(after({}, added)).toMatchObject({
    tell: true,
    status: 'updated',
    incident: { codes: ['sg-ingress', 'sg-egress'], toldAtMs: NOW + MINUTE, count: 2 },
  });
  expect(after({}, added, { atMs: NOW + 2 * MINUTE })).toMatchObject({ tell: false, incident: { count: 3 } });
});

test('a higher severity breaks through, a lower one does not', () => {
  expect(after({ severity: 'info' }, { severity: 'should-fix' })).toMatchObject({ tell: true, status: 'updated' });
  expect(after({}, { severity: 'info' })).toMatchObject({ tell: false, incident: { severity: 'must-fix' } });
});

test('after the window the trouble is told again, with its count and as it is now', () => {
  const telling = after({}, { atMs: NOW + MINUTE }, { atMs: NOW + 60 * MINUTE, codes: codes('acl'), severity: 'info' });
  expect(telling).toMatchObject({
    tell: true,
    status: 'updated',
    incident: { count: 3, firstAtMs: NOW, toldAtMs: NOW + 60 * MINUTE, codes: ['acl'], severity: 'info' },
  });
});

test('what was resolved and is back fires anew and counts anew', () => {
  const resolved: Incident = { ...after({}, {}).incident, status: 'resolved', resolvedAtMs: NOW + MINUTE };
  const back = tellingOf(sampleOccurrence({ atMs: NOW + 2 * MINUTE }), resolved);
  expect(back).toMatchObject({ tell: true, status: 'firing', incident: { count: 1, firstAtMs: NOW + 2 * MINUTE } });
  expect(back.incident.resolvedAtMs).toBeUndefined();
});

test('an event from before the end that comes late does not reopen', () => {
  const resolved: Incident = { ...after({}).incident, status: 'resolved', resolvedAtMs: NOW + MINUTE };
  expect(tellingOf(sampleOccurrence({ atMs: NOW + MINUTE }), resolved)).toMatchObject({
    tell: false,
    incident: { status: 'resolved', count: 2 },
  });
});

test('within one window each set of causes is told at most once a cause, and nothing is lost from the count', () => {
  const cause = fc.constantFrom('a', 'b', 'c');
  const once = fc.record({
    codes: fc.array(cause, { minLength: 1, maxLength: 3 }),
    minute: fc.integer({ min: 0, max: 59 }),
  });
  fc.assert(
    fc.property(fc.array(once, { minLength: 1, maxLength: 30 }), (all) => {
      let previous: Incident | undefined;
      let told = 0;
      for (const one of all) {
        const telling = tellingOf(sampleOccurrence({ codes: codes(...one.codes), atMs: NOW + one.minute }), previous);
        told += telling.tell ? 1 : 0;
        previous = telling.incident;
      }
      expect(told).toBeLessThanOrEqual(3);
      expect(previous?.count).toBe(all.length);
    }),
    { numRuns: scale(200), seed: 2026 },
  );
});
