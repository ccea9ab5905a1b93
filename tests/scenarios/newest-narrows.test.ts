import { runEstate } from '../../lib/simulator/estate.ts';
import { heldBy, register, writes } from './provision-stage.ts';
import { breakIt, decisions, type Stage, stage } from './stage.ts';

jest.setTimeout(60_000);

const OBSERVED = { 'mountkeeper:enabled': 'true', 'mountkeeper:mode': 'observe' };

/** The service still runs the revision that opted in without a limit; the newest one says otherwise, then a task fails. */
async function failedBehind(tags: Readonly<Record<string, string>>): Promise<Stage> {
  const at = stage();
  breakIt(at.account, at.estate, 'sg-ingress');
  await register(at, { tags: Object.entries(tags).map(([key, value]) => ({ key, value })) });
  await at.account.bus.drain();
  await runEstate(at.account, at.estate);
  await at.account.bus.drain();
  return at;
}

describe('a failing task of an older revision, and what the newest revision of its family says', () => {
  test('the family opted out: it is left alone', async () => {
    expect(writes(await failedBehind({ 'mountkeeper:enabled': 'false' }))).toEqual([]);
  });

  test('the family is only to be observed: it is told, and nothing is changed', async () => {
    const at = await failedBehind(OBSERVED);
    expect(writes(at)).toEqual([]);
    expect(heldBy(decisions(at.installed).at(-1))).toMatchObject({ 'authorize-ingress': 'observe' });
  });

  test('nothing that narrows: it is repaired', async () => {
    expect(writes(await failedBehind({}))).toContain('AuthorizeSecurityGroupIngress');
  });
});

test.each(['sweep', 'drift'] as const)('%s: a service on an older revision is only observed, too', async (by) => {
  const at = stage({}, { patterns: {} });
  await register(at, { tags: Object.entries(OBSERVED).map(([key, value]) => ({ key, value })) });
  breakIt(at.account, at.estate, 'sg-ingress');
  await at.installed.invoke(by, by === 'sweep' ? {} : { family: at.estate.family });
  expect(writes(at)).toEqual([]);
  expect(heldBy(decisions(at.installed).at(-1))).toMatchObject({ 'authorize-ingress': 'observe' });
});

test('a newest revision that cannot be read holds what an older one would get', async () => {
  const at = stage();
  breakIt(at.account, at.estate, 'sg-ingress');
  const { family } = at.estate;
  at.account.authorize = ({ operation, input }) => {
    const isNewest = operation === 'DescribeTaskDefinition' && JSON.stringify(input).includes(`"${family}"`);
    return isNewest ? 'denied' : 'allowed';
  };
  await runEstate(at.account, at.estate);
  await at.account.bus.drain();
  expect(writes(at)).toEqual([]);
});
