import type { Action } from '../../lib/domain/action.ts';
import type { Step } from '../../lib/domain/plan.ts';
import { holdsOf } from '../../lib/plan/holds.ts';
import { mergePlans } from '../../lib/plan/merge.ts';
import { ACTIONS, grant } from './sample-actions.ts';

function step(kind: keyof typeof ACTIONS, because: Step['because'] = []): Step {
  return { action: ACTIONS[kind] as Action, because };
}

test('what people would depend on comes last, whichever plan it is of', () => {
  const making = {
    steps: [step('create-access-point'), step('register-revision'), step('update-service')],
    withheld: [],
  };
  const repairing = { steps: [step('authorize-ingress')], withheld: [] };
  expect(mergePlans(making, repairing).steps.map(({ action }) => action.kind)).toEqual([
    'create-access-point',
    'authorize-ingress',
    'register-revision',
    'update-service',
  ]);
});

test('a change that two plans ask for is made once, where it comes first', () => {
  const one = {
    steps: [step('authorize-ingress', ['security-group-ingress-missing']), step('publish-volume')],
    withheld: [],
  };
  const other = { steps: [step('authorize-ingress')], withheld: [] };
  expect(mergePlans(one, other).steps).toEqual(one.steps);
});

test('a change that one plan makes is not withheld by the other', () => {
  const held = { ...step('authorize-ingress'), heldBy: 'key' as const, why: 'no key' };
  expect(
    mergePlans({ steps: [step('authorize-ingress')], withheld: [] }, { steps: [], withheld: [held] }).withheld,
  ).toEqual([]);
});

test('a grant is held by the access points that it added, whatever else the policy holds', () => {
  const put = ACTIONS['put-role-policy'];
  const [mine, theirs] = ['fsap-0aaaaaaaaaaaaaaaa', 'fsap-0bbbbbbbbbbbbbbbb'] as const;
  const first = holdsOf({ ...put, document: grant(mine), previous: null });
  const later = holdsOf({ ...put, document: grant(mine, theirs), previous: grant(theirs) });
  expect(first).toHaveLength(1);
  expect(later).toEqual(first);
});

test('a grant is held by its access point, whatever it lets the family do there', () => {
  const put = ACTIONS['put-role-policy'];
  const point = 'fsap-0aaaaaaaaaaaaaaaa';
  const [reading, writing] = (['MountkeeperRead', 'MountkeeperWrite'] as const).map((sid) =>
    JSON.stringify({ Statement: [{ ...JSON.parse(grant(point)).Statement[0], Sid: sid }] }),
  );
  const read = holdsOf({ ...put, document: reading ?? '', previous: null });
  expect(holdsOf({ ...put, document: writing ?? '', previous: reading ?? '' })).toEqual(read);
});
