import { absent, present } from '../../lib/domain/fact.ts';
import { called, onEstate, valueIn } from './on-estate.ts';

test('a role is read with trust, tags and boundary', async () => {
  const { world, account, estate } = onEstate();
  const kept = account.state.iam.roles[estate.taskRoleName];
  if (kept) kept.permissionsBoundaryArn = 'arn:aws:iam::111122223333:policy/boundary';
  const role = valueIn(await world.iam.role(estate.taskRoleArn));
  expect(role).toMatchObject({
    arn: estate.taskRoleArn,
    id: kept?.id,
    name: estate.taskRoleName,
    path: '/',
    tags: { 'mountkeeper:allow': 'true' },
    boundaryArn: 'arn:aws:iam::111122223333:policy/boundary',
  });
  expect(JSON.parse(role.trust)).toEqual(JSON.parse(kept?.trustPolicy ?? ''));
});

test('a role that is not there is absent; one of another account is not looked for', async () => {
  const { world, account } = onEstate();
  expect(await world.iam.role('arn:aws:iam::111122223333:role/nobody')).toEqual(absent);
  expect(await world.iam.policies('arn:aws:iam::111122223333:role/nobody')).toEqual(absent);
  const before = account.callCount();
  expect(await world.iam.role('arn:aws:iam::444455556666:role/theirs')).toMatchObject({ state: 'unknown' });
  expect(account.callCount()).toBe(before);
});

test('policies are read inline, attached and as boundary, in the version in force; a shared one once', async () => {
  const { world, account, estate } = onEstate();
  const kept = account.state.iam.roles[estate.taskRoleName];
  const arn = 'arn:aws:iam::111122223333:policy/shared';
  account.state.iam.policies[arn] = {
    arn,
    name: 'shared',
    path: '/',
    defaultVersionId: 'v2',
    versions: { v1: '{"old":1}', v2: '{"Statement":"100 % new+old"}' },
  };
  if (kept) {
    kept.attachedPolicies[arn] = { effectiveFromMs: 0 };
    kept.permissionsBoundaryArn = arn;
  }
  const found = valueIn(await world.iam.policies(estate.taskRoleArn));
  const inline = valueIn(found.inline);
  expect(inline.map((policy) => policy.name)).toEqual(Object.keys(kept?.inlinePolicies ?? {}));
  expect(JSON.parse(valueIn(inline[0]?.document ?? absent))).toMatchObject({ Version: '2012-10-17' });
  expect(valueIn(found.attached)).toEqual([
    { name: 'shared', arn, document: present('{"Statement":"100 % new+old"}') },
  ]);
  expect(found.boundary).toEqual(present('{"Statement":"100 % new+old"}'));
  expect(called(account).filter((name) => name === 'GetPolicyVersion')).toHaveLength(1);
});

test('a role without a boundary has none, and what may not be read is unknown by part', async () => {
  const { world, account, estate } = onEstate();
  account.faults.inject({ match: { operation: 'ListAttachedRolePolicies' }, kind: 'deny' });
  const found = valueIn(await world.iam.policies(estate.taskRoleArn));
  expect(found.boundary).toEqual(absent);
  expect(found.inline.state).toBe('present');
  expect(found.attached).toEqual({
    state: 'unknown',
    why: 'denied: this role may not call iam:ListAttachedRolePolicies',
  });
});

test('one inline policy is asked for anew each time', async () => {
  const { world, account, estate } = onEstate();
  const [name = ''] = Object.keys(account.state.iam.roles[estate.taskRoleName]?.inlinePolicies ?? {});
  const first = await world.iam.inlinePolicy(estate.taskRoleName, name);
  expect(first.state).toBe('present');
  delete account.state.iam.roles[estate.taskRoleName]?.inlinePolicies[name];
  expect(await world.iam.inlinePolicy(estate.taskRoleName, name)).toEqual(absent);
});
