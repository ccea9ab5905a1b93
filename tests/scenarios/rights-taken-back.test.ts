import { TAG } from '../../lib/domain/tags.ts';
import { buildEstate, runEstate } from '../../lib/simulator/estate.ts';
import { BARE } from './bare.ts';
import { operator } from './operator.ts';
import { byHand, grantOf, managedPoints, newest, untouched, withoutGrant } from './provision-stage.ts';
import type { Stage } from './stage.ts';

jest.setTimeout(120_000);

const SHARE = 'mountkeeper:share/common';

/** The owner takes back by a tag what an access point was made with; the point, its directory and the ledger remember it. */
async function joined(): Promise<Stage> {
  const at = untouched({
    definitionTags: { 'mountkeeper:share': 'common', 'mountkeeper:wire': 'publish' },
    fileSystemTags: { [SHARE]: 'shop-api billing' },
  });
  await byHand(at);
  expect(managedPoints(at)[0]?.path).toBe('/ecs/shared/common');
  return at;
}

function dropShareTag(at: Stage): void {
  const revision = newest(at);
  revision.tags = revision.tags.filter(({ key }) => key !== TAG.share);
}

async function deletePoint(at: Stage): Promise<void> {
  await operator(at.account).deleteAccessPoint(managedPoints(at)[0]?.id ?? '');
  await at.account.clock.advance(120_000);
}

function living(at: Stage): readonly (string | undefined)[] {
  return managedPoints(at)
    .filter(({ lifeCycle }) => lifeCycle === 'available')
    .map(({ path }) => path);
}

describe('a share that its owner took back', () => {
  test.each(['asks for it', 'asks no more'])('is not granted again to a family that %s', async (how) => {
    const at = await joined();
    await operator(at.account).tag(at.estate.fileSystemId, SHARE, 'billing');
    withoutGrant(at);
    if (how === 'asks no more') dropShareTag(at);
    await byHand(at);
    expect(grantOf(at)).toBeUndefined();
  });

  test('gets no new access point, though the family dropped its tag', async () => {
    const at = await joined();
    await operator(at.account).tag(at.estate.fileSystemId, SHARE, 'billing');
    await deletePoint(at);
    dropShareTag(at);
    await byHand(at);
    expect(living(at)).toEqual([]);
  });

  test.each(['remediate', 'sweep', 'drift', 'provision', 'event'] as const)('is not granted by %s', async (by) => {
    const at = untouched({
      standalone: true,
      policy: 'enforcing',
      definitionTags: { 'mountkeeper:share': 'common' },
      fileSystemTags: { [SHARE]: 'shop-api billing', 'mountkeeper:allow': '@any' },
    });
    await byHand(at);
    expect(grantOf(at)).toBeDefined();
    await operator(at.account).tag(at.estate.fileSystemId, SHARE, 'billing');
    withoutGrant(at);
    await at.account.clock.advance(120_000);
    await wake(at, by);
    expect(grantOf(at)).toBeUndefined();
  });
});

async function wake(at: Stage, by: 'remediate' | 'sweep' | 'drift' | 'provision' | 'event'): Promise<void> {
  if (by === 'event') {
    Object.assign(at.estate, { taskDefinitionArn: newest(at).arn });
    await runEstate(at.account, at.estate);
    await at.account.bus.drain();
    return;
  }
  const task = { taskDefinition: 'shop-api' };
  await at.installed.invoke(by, { remediate: task, provision: task, drift: { family: 'shop-api' }, sweep: {} }[by]);
}

test('a share that the family still has is made again as a share, though the family dropped its tag', async () => {
  const at = await joined();
  await deletePoint(at);
  dropShareTag(at);
  await byHand(at);
  const [point] = managedPoints(at).filter(({ lifeCycle }) => lifeCycle === 'available');
  expect({ path: point?.path, tags: point?.tags }).toMatchObject({
    path: '/ecs/shared/common',
    tags: expect.arrayContaining([{ Key: TAG.share, Value: 'common' }]),
  });
});

test.each([
  ['adopt', { 'mountkeeper:start': 'keep' }, { rootDirectory: '/old/data' }, ['mountkeeper:adopt', '/old']],
  ['allow-root', { 'mountkeeper:uid': '0', 'mountkeeper:start': 'empty' }, {}, ['mountkeeper:allow-root', 'true']],
] as const)('%s taken back: no access point is made again by it', async (_key, tags, spec, [tag, value]) => {
  const at = untouched({
    ...spec,
    definitionTags: { ...tags, 'mountkeeper:wire': 'publish' },
    fileSystemTags: { [tag]: value },
  });
  await byHand(at);
  expect(living(at)).toHaveLength(1);
  await operator(at.account).untag(at.estate.fileSystemId, tag);
  await deletePoint(at);
  await byHand(at);
  expect(living(at)).toEqual([]);
});

test.each(['/ecs/billing/data', '/ecs/billing', '/ecs', '/ecs/shared/common'])(
  'start = keep makes no access point on %s, which is another family’s, whatever mountkeeper:adopt covers',
  async (path) => {
    const at = untouched({
      rootDirectory: path,
      definitionTags: { 'mountkeeper:start': 'keep', 'mountkeeper:wire': 'publish' },
      fileSystemTags: { 'mountkeeper:adopt': '/', [SHARE]: 'billing' },
    });
    buildEstate(at.account, {
      ...BARE,
      name: 'billing',
      beside: at.estate,
      user: '2000',
      definitionTags: { 'mountkeeper:start': 'empty', 'mountkeeper:wire': 'publish' },
    });
    await byHand(at, 'billing');
    expect(living(at)).toEqual(['/ecs/billing/data']);
    await byHand(at);
    expect(living(at)).toEqual(['/ecs/billing/data']);
  },
);
