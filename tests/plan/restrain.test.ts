import type { Action } from '../../lib/domain/action.ts';
import { wishOf } from '../../lib/domain/action-traits.ts';
import { absent, present, unknown } from '../../lib/domain/fact.ts';
import type { Keyring, Plan, Step } from '../../lib/domain/plan.ts';
import { type Restraints, restrain } from '../../lib/plan/restrain.ts';

const FS = 'fs-0123456789abcdef0';
const GROUP = 'sg-0123456789abcdef0';
const ROLE = 'arn:aws:iam::111122223333:role/shop-task';
const KEYS: Keyring = {
  [FS]: present({ 'mountkeeper:allow': 'shop' }),
  [GROUP]: present({ 'mountkeeper:allow': 'true' }),
  [ROLE]: present({ 'mountkeeper:allow': 'true' }),
};
const OPEN: Restraints = {
  actions: ['authorize-ingress', 'put-role-policy', 'create-access-point', 'register-revision'],
  mode: 'repair',
  dryRun: false,
  guard: 'strict',
  keyring: KEYS,
  held: new Set(),
  spent: new Map(),
  limits: { repairs: 30, provisioning: 300, none: Number.POSITIVE_INFINITY },
  perWishPerHour: 3,
  perWishPerDay: 2,
};

function opening(sourceGroupId = 'sg-0aaaaaaaaaaaaaaaa'): Step {
  return {
    action: { kind: 'authorize-ingress', groupId: GROUP, sourceGroupId, family: 'shop', fileSystemId: FS },
    because: ['security-group-ingress-missing'],
  };
}

const GRANT: Action = {
  kind: 'put-role-policy',
  roleArn: ROLE,
  roleName: 'shop-task',
  policyName: `mountkeeper-${FS}`,
  document: '{}',
  previous: null,
  family: 'shop',
  fileSystemId: FS,
};
const POINT: Action = {
  kind: 'create-access-point',
  fileSystemId: FS,
  family: 'shop',
  volume: 'data',
  clientToken: 't',
  path: '/ecs/shop/data',
  tags: {},
};
const REGISTER: Action = {
  kind: 'register-revision',
  family: 'shop',
  sourceRevision: 7,
  specHash: 'h',
  input: {},
  passesRoleArns: [],
};

function heldBy(plan: Plan): readonly string[] {
  return plan.withheld.map((step) => step.heldBy);
}

function planOf(...actions: readonly Action[]): Plan {
  return { steps: actions.map((action) => ({ action, because: ['grant-missing'] })), withheld: [] };
}

test('with every key turned the step is done', () => {
  expect(restrain({ steps: [opening()], withheld: [] }, OPEN).steps).toEqual([opening()]);
});

describe('keys', () => {
  test.each([
    ['the group has no tag', { [GROUP]: present({}) }, 'key'],
    ['the group says TRUE, which is not true', { [GROUP]: present({ 'mountkeeper:allow': 'TRUE' }) }, 'key'],
    ['the file system names other families', { [FS]: present({ 'mountkeeper:allow': 'shopping billing' }) }, 'key'],
    ['the tags of the group could not be read', { [GROUP]: unknown('AccessDenied') }, 'unknown'],
    ['the group is gone', { [GROUP]: absent }, 'unknown'],
  ])('withheld where %s', (_what, tags, guard) => {
    const plan = restrain({ steps: [opening()], withheld: [] }, { ...OPEN, keyring: { ...KEYS, ...tags } as Keyring });
    expect({ steps: plan.steps.length, heldBy: heldBy(plan) }).toEqual({ steps: 0, heldBy: [guard] });
  });

  test('a resource that was not looked at counts as closed', () => {
    expect(heldBy(restrain({ steps: [opening()], withheld: [] }, { ...OPEN, keyring: {} }))).toEqual(['unknown']);
  });

  test('relaxed drops the key of security groups and of nothing else', () => {
    const relaxed: Restraints = {
      ...OPEN,
      guard: 'relaxed',
      keyring: { [FS]: present({ 'mountkeeper:allow': 'shop' }), [GROUP]: present({}), [ROLE]: present({}) },
    };
    const plan = restrain({ steps: [opening(), { action: GRANT, because: [] }], withheld: [] }, relaxed);
    expect({ done: plan.steps.map((step) => step.action.kind), heldBy: heldBy(plan) }).toEqual({
      done: ['authorize-ingress'],
      heldBy: ['key'],
    });
  });

  test('the reason holds the command that the owner runs', () => {
    const [step] = restrain(
      { steps: [opening()], withheld: [] },
      { ...OPEN, keyring: { ...KEYS, [FS]: present({}) } },
    ).withheld;
    expect(step?.why).toContain(`aws efs tag-resource --resource-id ${FS} --tags Key=mountkeeper:allow,Value=shop`);
  });
});

describe('mode, holds, breaker, budget', () => {
  const wish = wishOf(opening().action);

  test.each([
    ['observe', { mode: 'observe' as const }, 'observe'],
    ['a dry run', { dryRun: true }, 'dry-run'],
    ['a reverted change', { held: new Set([wish]) }, 'held'],
    ['two repairs within a day', { spent: new Map([[`day ${wish}`, 2]]) }, 'breaker'],
    ['a used-up budget', { spent: new Map([['repairs', 30]]) }, 'budget'],
    ['a budget of zero', { limits: { repairs: 0, provisioning: 300, none: 1 } }, 'budget'],
  ])('%s withholds', (_what, change, guard) => {
    expect(heldBy(restrain({ steps: [opening()], withheld: [] }, { ...OPEN, ...change }))).toEqual([guard]);
  });

  test('a plan larger than what is left of the budget is cut there', () => {
    const steps = ['sg-0aaaaaaaaaaaaaaaa', 'sg-0bbbbbbbbbbbbbbbb', 'sg-0cccccccccccccccc'].map(opening);
    const plan = restrain({ steps, withheld: [] }, { ...OPEN, spent: new Map([['repairs', 28]]) });
    expect({ done: plan.steps.length, heldBy: heldBy(plan) }).toEqual({ done: 2, heldBy: ['budget'] });
  });

  test.each([
    ['13 of 30 by the family: two more are its half', 13, 2],
    ['15 of 30 by the family', 15, 0],
    ['15 of 30 by another family', 0, 3],
  ])('a family leaves half of a budget to the others: %s', (_what, own, done) => {
    const steps = ['sg-0aaaaaaaaaaaaaaaa', 'sg-0bbbbbbbbbbbbbbbb', 'sg-0cccccccccccccccc'].map(opening);
    const spent = new Map([
      ['repairs', 15],
      ['repairs shop', own],
    ]);
    const plan = restrain({ steps, withheld: [] }, { ...OPEN, spent });
    expect({ done: plan.steps.length, heldBy: heldBy(plan) }).toEqual({
      done,
      heldBy: Array.from({ length: 3 - done }, () => 'budget'),
    });
    for (const { why } of plan.withheld) expect(why).toContain('shop has used its half');
  });

  test('what sets a family up spends the budget of provisioning, not that of repairs', () => {
    const setUp: readonly Step[] = [
      { action: POINT, because: [], firstTime: true },
      { action: GRANT, because: [], firstTime: true },
    ];
    const left = { repairs: 0, provisioning: 1, none: Number.POSITIVE_INFINITY };
    const plan = restrain({ steps: setUp, withheld: [] }, { ...OPEN, limits: left });
    expect({ done: plan.steps.map(({ action }) => action.kind), heldBy: heldBy(plan) }).toEqual({
      done: ['create-access-point'],
      heldBy: ['budget'],
    });
  });

  test('a missing key is worth more to the reader than the mode', () => {
    expect(
      heldBy(
        restrain(
          { steps: [opening()], withheld: [] },
          { ...OPEN, mode: 'observe', keyring: { ...KEYS, [GROUP]: present({}) } },
        ),
      ),
    ).toEqual(['key']);
  });
});

test("a change that is not this function's to make is withheld", () => {
  expect(heldBy(restrain({ steps: [opening()], withheld: [] }, { ...OPEN, actions: ['put-role-policy'] }))).toEqual([
    'unknown',
  ]);
});

describe('steps that need others', () => {
  test('no revision is registered while the grant is withheld', () => {
    const plan = restrain(planOf(GRANT, REGISTER), { ...OPEN, keyring: { ...KEYS, [ROLE]: present({}) } });
    expect({ done: plan.steps.length, heldBy: heldBy(plan) }).toEqual({ done: 0, heldBy: ['key', 'key'] });
  });

  test('a grant that names an access point not made is withheld with it', () => {
    const grant: Action = { ...GRANT, document: `{"arn":"\${access-point:data:arn}"}` };
    const plan = restrain(planOf(POINT, grant), { ...OPEN, held: new Set([wishOf(POINT)]) });
    expect(heldBy(plan)).toEqual(['held', 'held']);
  });

  test('another family goes on', () => {
    const other: Action = { ...REGISTER, family: 'billing' };
    const plan = restrain(planOf(GRANT, other), { ...OPEN, keyring: { ...KEYS, [ROLE]: present({}) } });
    expect(plan.steps.map((step) => step.action)).toEqual([other]);
  });
});
