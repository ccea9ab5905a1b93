import { buildEstate } from '../../lib/simulator/estate.ts';
import { operator } from './operator.ts';
import { type Stage, stage } from './stage.ts';

jest.setTimeout(60_000);

const HOUR_MS = 3_600_000;

function mails({ account }: Stage): readonly string[] {
  return account.state.sns.published
    .filter(({ topicArn }) => topicArn.endsWith('mountkeeper-alerts'))
    .map(({ subject = '', message }) => `${subject}\n${message}`);
}

/** Admits everybody but these roles. */
function policy({ estate }: Stage, roles: readonly string[]): string {
  const open = {
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'],
    Resource: estate.fileSystemArn,
    Condition: { Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'true' } },
  };
  const deny = roles.map((AWS) => ({
    Effect: 'Deny',
    Principal: { AWS },
    Action: 'elasticfilesystem:ClientMount',
    Resource: estate.fileSystemArn,
  }));
  return JSON.stringify({ Version: '2012-10-17', Statement: [open, ...deny] });
}

/** So many other families of the file system are shut out, and told of. */
async function shutOut(others: number, stack: Parameters<typeof stage>[1] = {}) {
  const at = stage({}, stack);
  const roles = ['alpha', 'beta'].slice(0, others).map((name) => {
    return buildEstate(at.account, { name, beside: at.estate }).taskRoleArn;
  });
  await at.installed.invoke('sweep', {});
  if (others > 0) await operator(at.account).putPolicy(at.estate.fileSystemId, policy(at, roles));
  await at.account.bus.drain();
  return { at, roles };
}

async function sweeps({ account, installed }: Stage, hours: number): Promise<void> {
  for (let hour = 0; hour < hours; hour += 1) {
    await account.clock.advance(HOUR_MS);
    await installed.invoke('sweep', {});
  }
}

describe('a family that breaks after others of its file system, which were told of together', () => {
  test.each([0, 1, 2])('is named by drift: %d others', async (others) => {
    const { at, roles } = await shutOut(others);
    await at.account.clock.advance(20 * 60_000);
    const before = mails(at).length;
    await operator(at.account).putPolicy(at.estate.fileSystemId, policy(at, [...roles, at.estate.taskRoleArn]));
    await at.account.bus.drain();
    expect(mails(at).slice(before).join()).toContain('shop-api');
  });

  test.each([0, 1, 2])('is named by the sweep: %d others', async (others) => {
    const { at, roles } = await shutOut(others, { patterns: {} });
    await sweeps(at, 2);
    const before = mails(at).length;
    await operator(at.account).putPolicy(at.estate.fileSystemId, policy(at, [...roles, at.estate.taskRoleArn]));
    await sweeps(at, 3);
    const after = mails(at).slice(before);
    expect(after.filter((mail) => mail.includes('shop-api'))).toHaveLength(1);
  });
});

test('what several were told of is over when all of them are well, and that is told once', async () => {
  const { at, roles } = await shutOut(2, { patterns: {} });
  await sweeps(at, 2);
  const before = mails(at).length;
  await operator(at.account).putPolicy(at.estate.fileSystemId, policy(at, roles.slice(0, 1)));
  await sweeps(at, 1);
  expect(
    mails(at)
      .slice(before)
      .filter((mail) => mail.startsWith('Resolved')),
  ).toEqual([]);
  await operator(at.account).putPolicy(at.estate.fileSystemId, policy(at, []));
  await sweeps(at, 3);
  const ends = mails(at)
    .slice(before)
    .filter((mail) => mail.startsWith('Resolved'));
  expect(ends).toHaveLength(1);
  expect(ends[0]).toContain('The next tasks of all families that were named would mount it.');
});
