import type { Action } from '../../lib/domain/action.ts';
import type { JournalEntry } from '../../lib/domain/journal.ts';
import { undo } from '../../lib/plan/undo.ts';
import { ACCESS_POINT, ACTIONS, grant, KINDS, MADE, RULE } from './sample-actions.ts';

function entry(action: Action, changes: Partial<JournalEntry> = {}): JournalEntry {
  return {
    changeId: 'mf3k2a10-91c0',
    atMs: Date.UTC(2026, 8, 1, 10),
    keeper: 'remediate',
    resource: 'sg-0aaa0123456789abc',
    because: [],
    action,
    state: 'done',
    made: MADE[action.kind],
    ...changes,
  };
}

test('an ingress rule is taken back by the id that AWS gave it, for this change', () => {
  expect(undo(entry(ACTIONS['authorize-ingress']))).toEqual({
    action: { ...ACTIONS['revoke-rule'], changeId: 'mf3k2a10-91c0' },
  });
});

test('an egress rule is taken back in its own direction', () => {
  expect(undo(entry(ACTIONS['authorize-egress']))).toMatchObject({
    action: { kind: 'revoke-rule', direction: 'egress', ruleId: RULE, peerGroupId: 'sg-0aaa0123456789abc' },
  });
});

test('a rule without an id in the journal is left to a person', () => {
  expect(undo(entry(ACTIONS['authorize-ingress'], { made: {} }))).toEqual({
    cannot: expect.stringContaining('no id of the rule'),
  });
});

test('the first grant is taken back by deleting the policy, a later one by the text before it', () => {
  const later = ACTIONS['put-role-policy'];
  expect(undo(entry({ ...later, previous: null }))).toEqual({
    action: { ...ACTIONS['delete-role-policy'], previous: later.document },
  });
  expect(undo(entry(later))).toEqual({
    action: { ...later, document: later.previous, previous: later.document },
  });
});

test('a deleted policy comes back as it was, and only where there is none', () => {
  expect(undo(entry(ACTIONS['delete-role-policy']))).toEqual({
    action: { ...ACTIONS['put-role-policy'], document: grant(ACCESS_POINT), previous: null },
  });
});

test('an access point goes only where the request says so', () => {
  const made = entry(ACTIONS['create-access-point']);
  expect(undo(made)).toEqual({ cannot: expect.stringContaining('"deleteAccessPoints": true') });
  expect(undo(made, { deleteAccessPoints: true })).toEqual({ action: ACTIONS['delete-access-point'] });
});

test('the id of an access point is found under the name that later steps use, too', () => {
  const made = { 'access-point:data:id': ACCESS_POINT };
  expect(undo(entry(ACTIONS['create-access-point'], { made }), { deleteAccessPoints: true })).toEqual({
    action: ACTIONS['delete-access-point'],
  });
});

test('a deleted access point and a registered revision cannot be taken back, and the text says what to do', () => {
  expect(undo(entry(ACTIONS['delete-access-point']))).toEqual({
    cannot: expect.stringContaining('Provision the family shop again'),
  });
  expect(undo(entry(ACTIONS['register-revision']))).toEqual({
    cannot: expect.stringContaining('--task-definition shop:12'),
  });
});

test('a service moves back to its task definition; a mere new deployment has no way back', () => {
  const moved = ACTIONS['update-service'];
  expect(undo(entry(moved))).toEqual({
    action: { ...moved, taskDefinition: moved.previousTaskDefinition, previousTaskDefinition: moved.taskDefinition },
  });
  const { taskDefinition: _same, ...restarted } = { ...moved, forceNewDeployment: true };
  expect(undo(entry(restarted))).toEqual({ cannot: expect.stringContaining('nothing to take back') });
});

test('published parameters get their values back, new ones are named as removed', () => {
  expect(undo(entry(ACTIONS['publish-volume']))).toEqual({
    action: {
      ...ACTIONS['publish-volume'],
      parameters: { '/mountkeeper/volumes/shop/data/access-point-id': 'fsap-0aaaaaaaaaaaaaaaa' },
      previous: ACTIONS['publish-volume'].parameters,
    },
  });
});

test('a throughput mode goes back, without an amount where there was none', () => {
  expect(undo(entry(ACTIONS['update-throughput']))).toEqual({
    action: {
      kind: 'update-throughput',
      fileSystemId: 'fs-0123456789abcdef0',
      mode: 'bursting',
      previousMode: 'provisioned',
      previousMibps: 40,
    },
  });
});

test.each(['intended', 'already', 'failed', 'reverted'] as const)('nothing that is %s is taken back', (state) => {
  for (const kind of KINDS)
    expect(undo(entry(ACTIONS[kind], { state }), { deleteAccessPoints: true })).toEqual({
      cannot: expect.any(String),
    });
});

test('taking a taken-back change back gives the change again', () => {
  const back = ['revoke-rule', 'put-role-policy', 'update-service', 'publish-volume', 'update-throughput'] as const;
  for (const kind of back) {
    const once = undo(entry(ACTIONS[kind]));
    if (!('action' in once)) throw new Error(once.cannot);
    const twice = undo(entry(once.action, { made: { ruleId: RULE } }));
    expect(twice).toEqual({ action: ACTIONS[kind] });
  }
});
