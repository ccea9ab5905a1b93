import type { JournalEntry } from '../../lib/domain/journal.ts';
import { resolvedAlert } from '../../lib/report/resolved.ts';
import { expectGolden } from '../golden.ts';
import { ACTIONS, MADE } from '../plan/sample-actions.ts';
import { GRANT, incident, NOW_MS, SELF } from './samples.ts';

const PROOF = 'a client mounted through fsap-0123456789abcdef0 (NewClientConnection of CloudTrail)';
const CODES = ['security-group-ingress-missing', 'grant-missing'] as const;

function change(changes: Partial<JournalEntry>): JournalEntry {
  return {
    changeId: 'mf3k2a10-91c0',
    atMs: NOW_MS,
    keeper: 'remediate',
    resource: 'sg-0aaa0123456789abc',
    because: [CODES[0]],
    action: ACTIONS['authorize-ingress'],
    state: 'done',
    made: MADE['authorize-ingress'],
    ...changes,
  };
}

const over = incident({
  codes: CODES,
  count: 14,
  firstAtMs: NOW_MS - 41 * 60_000,
  resolvedAtMs: NOW_MS,
  status: 'resolved',
});

test('the end of an incident says how long it lasted, how often it was seen and what was changed', () => {
  const changes = [
    change({ changeId: 'mf3k2a10-91c1', atMs: NOW_MS + 1, action: GRANT.action, made: {} }),
    change({}),
    change({ changeId: 'mf3k2a10-91c2', state: 'failed' }),
  ];
  const { subject, text, attributes, chat } = resolvedAlert({
    incident: over,
    keeper: 'drift',
    changes,
    proof: PROOF,
    self: SELF,
    nowMs: NOW_MS,
  });
  const head = Object.entries(attributes).map(([key, value]) => `${key}=${value}`);
  expectGolden('alerts/resolved.txt', `Subject: ${subject}\nAttributes: ${head.join(' ')}\n\n${text}`);
  expectGolden('alerts/resolved.chat.json', `${JSON.stringify(JSON.parse(chat), null, 2)}\n`);
});

test('an incident that ended by itself says that nothing was changed', () => {
  const { text, attributes } = resolvedAlert({
    incident: over,
    keeper: 'sweep',
    changes: [],
    proof: 'a task has been running for five minutes',
    self: SELF,
    nowMs: NOW_MS,
  });
  expect(text).toContain('Mountkeeper changed nothing for it.');
  expect(text).not.toContain('UNDO');
  expect(attributes).toMatchObject({ status: 'resolved', outcome: 'detected' });
});
