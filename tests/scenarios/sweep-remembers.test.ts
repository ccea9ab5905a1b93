import { moveService, newest, register, setTags, untag } from './provision-stage.ts';
import { breakIt, decisions, mounts, type Stage, stage } from './stage.ts';

/** How often task definitions were described since. */
async function described(at: Stage, act: () => Promise<unknown>): Promise<number> {
  const before = at.account.calls.length;
  await act();
  return at.account.calls.slice(before).filter(({ operation }) => operation === 'DescribeTaskDefinition').length;
}

async function sweptOnce(): Promise<Stage> {
  const at = stage();
  await at.installed.invoke('sweep', {});
  return at;
}

const sweep = (at: Stage) => at.installed.invoke('sweep', {});

test('a revision that was seen before is not asked for again, as long as all is well', async () => {
  const at = stage();
  expect(await described(at, () => sweep(at))).toBe(1);
  expect(await described(at, () => sweep(at))).toBe(0);
  expect(decisions(at.installed).flatMap(({ steps, withheld }) => [...steps, ...withheld])).toEqual([]);
});

test('what is wrong is judged by the definition as it is now, and repaired', async () => {
  const at = await sweptOnce();
  breakIt(at.account, at.estate, 'sg-ingress');
  expect(await described(at, () => sweep(at))).toBeGreaterThan(0);
  expect(await mounts(at)).toBe(true);
});

test('a tag that narrows the mode holds a repair back at once, however late the listing of tags is', async () => {
  const at = await sweptOnce();
  breakIt(at.account, at.estate, 'sg-ingress');
  const { listed } = lateListing(at);
  setTags(at, { 'mountkeeper:mode': 'observe' });
  await sweep(at);
  expect(listed()).toBe(false);
  expect(
    decisions(at.installed)
      .at(-1)
      ?.withheld.map(({ heldBy }) => heldBy),
  ).toEqual(['observe']);
});

/** The tags as they were, from now on: GetResources is behind what is set later. */
function lateListing({ account }: Stage) {
  const name = 'ResourceGroupsTaggingAPI.GetResources';
  const answer = JSON.stringify(account.handlers[name]?.(account, {}, ''));
  Object.assign(account, { handlers: { ...account.handlers, [name]: () => JSON.parse(answer) } });
  return { listed: () => answer.includes('observe') };
}

test('a new revision is read', async () => {
  const at = await sweptOnce();
  const { arn } = await register(at);
  await moveService(at, arn);
  expect(await described(at, () => sweep(at))).toBeGreaterThan(0);
  expect(await described(at, () => sweep(at))).toBe(0);
});

test('so is one whose tags are not listed, since it does not opt in by itself', async () => {
  const at = await sweptOnce();
  await untag(at, 'mountkeeper:enabled');
  expect(await described(at, () => sweep(at))).toBe(1);
});

test('nothing that containers are given is kept', async () => {
  const at = stage();
  const { definition } = newest(at);
  const [container] = definition.containerDefinitions;
  Object.assign(container ?? {}, { environment: [{ name: 'TOKEN', value: 'not-for-the-ledger' }] });
  await sweep(at);
  const kept = await at.installed.world('sweep').ledger.recallAll('definitions');
  expect([kept.size, JSON.stringify([...kept]).includes('not-for-the-ledger')]).toEqual([1, false]);
});
