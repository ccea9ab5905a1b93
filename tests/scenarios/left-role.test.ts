import type { EstateWishes } from '../../lib/simulator/estate/spec.ts';
import { byHand, grantOf, heldBy, moveService, register, revisions, untouched } from './provision-stage.ts';
import type { Stage } from './stage.ts';

jest.setTimeout(60_000);

const OPTED_IN = [{ key: 'mountkeeper:enabled', value: 'true' }];

/** The file system allows one family; another one, which it does not, has the task role and was seen with it. */
async function roleOfTwo(wishes: EstateWishes = {}): Promise<Stage> {
  const fileSystemTags = { 'mountkeeper:allow': 'shop-api' };
  const at = untouched({ fileSystemTags, keys: { fileSystem: false }, ...wishes });
  await register(at, { family: 'billing', tags: OPTED_IN });
  await byHand(at, 'billing');
  return at;
}

async function leave(at: Stage): Promise<void> {
  const taskRoleArn = at.estate.taskRoleArn.replace('shop-api', 'billing');
  await register(at, { family: 'billing', taskRoleArn, tags: OPTED_IN });
}

test('while another family has the role nothing is granted on it', async () => {
  const at = await roleOfTwo();
  expect(heldBy(await byHand(at))).toMatchObject({ 'put-role-policy': 'person' });
  expect(grantOf(at)).toBeUndefined();
});

test('a family that had the role once does not keep it from its owner', async () => {
  const at = await roleOfTwo();
  await leave(at);
  expect(heldBy(await byHand(at))).toEqual({});
  expect(grantOf(at)).toBeDefined();
});

test('a service that still runs the revision with the role counts, whatever the newest one says', async () => {
  const at = await roleOfTwo({ standalone: false, definitionTags: { 'mountkeeper:start': 'empty' } });
  await moveService(at, revisions(at.account, 'billing')[0]?.arn ?? '');
  await leave(at);
  expect(heldBy(await byHand(at))).toMatchObject({ 'put-role-policy': 'person' });
  expect(grantOf(at)).toBeUndefined();
});

test('a family whose newest revision cannot be read counts', async () => {
  const at = await roleOfTwo();
  await leave(at);
  at.account.authorize = ({ operation, input }) =>
    operation === 'DescribeTaskDefinition' && JSON.stringify(input).includes('billing') ? 'denied' : 'allowed';
  await byHand(at);
  expect(grantOf(at)).toBeUndefined();
});
