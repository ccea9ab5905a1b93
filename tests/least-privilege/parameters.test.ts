import { allows } from './judge.ts';
import type { Request } from './requests.ts';
import { ACCOUNT_ID, REGION } from './roles.ts';
import { type Params, roleAsWritten } from './roles-as-written.ts';

const BARE = { resourceTags: {}, requestTags: {}, keys: {} };
const KEY = { resourceTags: { 'mountkeeper:allow': 'true' } };
const OPEN_GROUP: Request = {
  ...BARE,
  action: 'ec2:AuthorizeSecurityGroupIngress',
  resource: `arn:aws:ec2:${REGION}:${ACCOUNT_ID}:security-group/sg-0123456789abcdef0`,
};
const GRANT: Request = {
  ...BARE,
  ...KEY,
  action: 'iam:PutRolePolicy',
  resource: `arn:aws:iam::${ACCOUNT_ID}:role/shop-task`,
};
const PASS: Request = {
  ...BARE,
  action: 'iam:PassRole',
  resource: `arn:aws:iam::${ACCOUNT_ID}:role/shop-task`,
  keys: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' },
};
const BOUNDARY = `arn:aws:iam::${ACCOUNT_ID}:policy/tasks`;

const provisionAllows = (params: Params, request: Request) => allows(roleAsWritten('provision', params), request);

test.each([
  ['strict', 'a group without the key', OPEN_GROUP, false],
  ['strict', 'a group with the key', { ...OPEN_GROUP, ...KEY }, true],
  ['relaxed', 'a group without the key', OPEN_GROUP, true],
  ['relaxed', 'a group of another account', { ...OPEN_GROUP, resource: foreign(OPEN_GROUP) }, false],
  ['relaxed', 'a role without the key', { ...GRANT, resourceTags: {} }, false],
])('guard=%s: %s', async (guard, _what, request, allowed) => {
  expect(await provisionAllows({ guard }, request)).toBe(allowed);
});

test.each(['drift', 'provision', 'remediate', 'revert', 'sweep'])(
  '%s: guard=relaxed changes statements of security groups alone',
  (name) => {
    const [strict, relaxed] = ['strict', 'relaxed'].map((guard) =>
      roleAsWritten(name, { guard }).map((one) => JSON.stringify(one)),
    );
    const changed = relaxed?.filter((statement) => !strict?.includes(statement)) ?? [];
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.filter((statement) => !statement.includes(':security-group/*'))).toEqual([]);
  },
);

test.each([
  ['none', {}, true],
  ['required', {}, false],
  ['required', { 'iam:PermissionsBoundary': `${BOUNDARY}-of-others` }, false],
  ['required', { 'iam:PermissionsBoundary': BOUNDARY }, true],
])('boundary=%s: a role with %j gets a grant: %s', async (boundary, keys, allowed) => {
  expect(await provisionAllows({ boundary, requiredBoundary: BOUNDARY }, { ...GRANT, keys })).toBe(allowed);
});

test.each([
  [`arn:aws:iam::${ACCOUNT_ID}:role/*`, true],
  [`arn:aws:iam::${ACCOUNT_ID}:role/shop-*`, true],
  [`arn:aws:iam::${ACCOUNT_ID}:role/billing-*`, false],
])('passableRoles=%s: the role of the shop is passed: %s', async (passableRoles, allowed) => {
  expect(await provisionAllows({ passableRoles }, PASS)).toBe(allowed);
});

function foreign({ resource }: Request): string {
  return resource.replace(ACCOUNT_ID, '444455556666');
}
