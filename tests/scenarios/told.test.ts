import { bringToLife, MINUTE_MS, SCHEDULE } from '../../lib/cli/demo/throughput-week.ts';
import { people } from '../../lib/simulator/people.ts';
import { expectGolden } from '../golden.ts';
import { BARE } from './bare.ts';
import { denyingPolicy, operator } from './operator.ts';
import { type Stage, stage } from './stage.ts';

jest.setTimeout(60_000);

const NEW = { ...BARE, user: '1000', keys: true } as const;

/** The last alert, as whoever subscribed to the topic gets it. */
function lastAlert({ account }: Stage): string {
  const sent = account.state.sns.published.filter(({ topicArn }) => topicArn.endsWith(':mountkeeper-alerts'));
  const { subject = '', message = '' } = sent.at(-1) ?? {};
  // The SDK says which machine it runs on; ids of changes count what a run has done before.
  const text = message.replace(/with: aws-sdk-js.*/, 'with: aws-sdk-js').replaceAll(/[a-z0-9]{8}-run\d{6}/g, 'CHANGE');
  return `Subject: ${subject}\n\n${text}`;
}

async function optsIn(userAgent: string, tags: Readonly<Record<string, string>>): Promise<Stage> {
  const at = stage(NEW);
  const role = at.account.state.iam.roles[at.estate.taskRoleName];
  if (role) role.inlinePolicies = {};
  await people(at.account).registerAgain(at.estate.family, userAgent, tags);
  await at.account.bus.drain();
  return at;
}

async function policyThatDenies(): Promise<Stage> {
  const at = stage();
  await at.installed.invoke('drift', { family: at.estate.family });
  await operator(at.account).putPolicy(
    at.estate.fileSystemId,
    denyingPolicy(at.estate.fileSystemArn, at.estate.taskRoleArn),
  );
  await at.account.bus.drain();
  return at;
}

async function creditsRunLow(key: string): Promise<Stage> {
  const at = stage({ fileSystemTags: { 'mountkeeper:throughput': key } });
  const small = { sizeGib: 100, creditMib: 60_000, load: () => ({ readMibps: 0, writeMibps: 30 }) };
  bringToLife(at.account, at.estate.fileSystemId, small);
  for (let minute = 0; minute < 60 && at.account.state.sns.published.length === 0; minute += 1) {
    await at.account.clock.advance(MINUTE_MS);
    await at.installed.deliver('throughput', SCHEDULE);
  }
  return at;
}

const TOLD: Readonly<Record<string, () => Promise<Stage>>> = {
  'published-for-terraform': () =>
    optsIn('HashiCorp Terraform/1.9 terraform-provider-aws/6.0', { 'mountkeeper:start': 'empty' }),
  'set-up-in-observe': () => optsIn('aws-cli/2.x', { 'mountkeeper:start': 'empty', 'mountkeeper:mode': 'observe' }),
  'data-comes-first': () => optsIn('aws-cli/2.x', {}),
  'policy-put-that-denies': policyThatDenies,
  'credits-run-low': () => creditsRunLow('observe'),
};

test.each(Object.entries(TOLD))('what is told of a real run: %s', async (name, play) => {
  expectGolden(`alerts/told/${name}.txt`, lastAlert(await play()));
});
