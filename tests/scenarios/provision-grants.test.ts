import { allowed } from '../plan/grant/clients.ts';
import {
  alerts,
  byHand,
  codes,
  grantOf,
  managedPoints,
  newest,
  provisioned,
  register,
  revisions,
  setTags,
  untouched,
  writes,
} from './provision-stage.ts';
import { breakIt, decisions, mounts, type Stage } from './stage.ts';

/** What two evaluators allow the grant that is on the role, through an access point. */
function allows(at: Stage, mount: { readonly through?: string; readonly secureTransport?: boolean } = {}) {
  const { through = managedPoints(at)[0]?.arn, secureTransport = true } = mount;
  return allowed(grantOf(at), {
    fileSystemArn: at.estate.fileSystemArn,
    accessPointArn: through === '' ? undefined : through,
    secureTransport,
  });
}

describe('every grant is asked of two evaluators', () => {
  test('G5: the right access point, by its ARN', async () => {
    const at = await provisioned();
    expect(await allows(at)).toBe('Mount Write');
  });

  test('G5: another access point, none, the id instead of the ARN, no TLS', async () => {
    const at = await provisioned();
    const [point] = managedPoints(at);
    const other = point?.arn.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')) ?? '';
    expect([
      await allows(at, { through: other }),
      await allows(at, { through: '' }),
      await allows(at, { through: point?.id ?? '' }),
      await allows(at, { secureTransport: false }),
    ]).toEqual(['', '', '', '']);
  });

  test('G6: no write where every container mounts it read-only, and no root', async () => {
    const at = await provisioned({ readOnly: true });
    expect(await allows(at)).toBe('Mount');
  });

  test('G6: write as soon as one container mounts it writable', async () => {
    const at = untouched({ readOnly: true });
    const [container] = newest(at).definition.containerDefinitions;
    const writer = { ...container, name: 'writer', mountPoints: [{ sourceVolume: 'data', containerPath: '/data' }] };
    newest(at).definition = { ...newest(at).definition, containerDefinitions: [container ?? {}, writer] };
    await byHand(at);
    expect(await allows(at)).toBe('Mount Write');
  });

  test('G6: root only where the access point is root’s and the owner allows it', async () => {
    const at = untouched({ fileSystemTags: { 'mountkeeper:allow-root': 'true' } });
    setTags(at, { 'mountkeeper:uid': '0' });
    await byHand(at);
    expect(await allows(at)).toBe('Mount Write RootAccess');
  });

  test('the grant is written ahead where no file-system policy asks for it', async () => {
    const at = await provisioned({ policy: 'none' });
    expect(await allows(at)).toBe('Mount Write');
  });
});

describe('G7: whether the grant is effective', () => {
  test('no file-system policy: told, with the policy that would make it so, and none is written', async () => {
    const at = await provisioned({ policy: 'none' });
    const [finding] = decisions(at.installed)[0]?.decision.findings.filter(
      ({ code }) => code === 'grant-protects-nothing',
    ) ?? [undefined];
    expect(finding?.evidence['offered']).toContain('elasticfilesystem:AccessPointArn');
    expect(writes(at)).not.toContain('PutFileSystemPolicy');
  });

  test('the offered policy names the access point that was made, and the alert shows it', async () => {
    const at = await provisioned({ policy: 'none' });
    expect(alerts(at)[0]).toContain(managedPoints(at)[0]?.arn);
    expect(alerts(at)[0]).not.toContain('${');
  });

  test('with mountkeeper:unenforced = refuse nothing is changed', async () => {
    const at = untouched({ policy: 'none', fileSystemTags: { 'mountkeeper:unenforced': 'refuse' } });
    await byHand(at);
    expect(writes(at)).toEqual([]);
  });

  test('an enforcing policy: nothing to say', async () => {
    const at = await provisioned();
    expect(codes(decisions(at.installed)[0])).not.toContain('grant-protects-nothing');
  });
});

test('G9: the way is opened for TCP 2049 from the workload’s own group only', async () => {
  const at = untouched({ standalone: false });
  setTags(at, { 'mountkeeper:start': 'empty' });
  breakIt(at.account, at.estate, 'sg-ingress');
  await byHand(at);
  const [call] = at.account.calls.filter(({ operation }) => operation === 'AuthorizeSecurityGroupIngress');
  expect(call?.input).toMatchObject({
    GroupId: at.estate.mountTargetGroupId,
    IpPermissions: [
      { IpProtocol: 'tcp', FromPort: 2049, ToPort: 2049, UserIdGroupPairs: [{ GroupId: at.estate.clientGroupId }] },
    ],
  });
  expect(await mounts(at)).toBe(true);
});

test('G10: a registration passes only the roles of its source', async () => {
  const at = await provisioned();
  const step = decisions(at.installed)[0]?.decision.plan.steps.find(
    ({ action }) => action.kind === 'register-revision',
  );
  expect(step?.action).toMatchObject({
    passesRoleArns: [at.estate.taskRoleArn, newest(at).definition.executionRoleArn],
  });
});

test('G12: no value of an environment is kept, told or answered', async () => {
  const at = untouched();
  setTags(at, { 'mountkeeper:start': 'empty' });
  await register(at);
  await at.account.bus.drain();
  expect(revisions(at.account, 'shop-api')).toHaveLength(3);
  const kept = JSON.stringify([at.account.state.dynamodb, at.account.state.sns]);
  expect(kept).not.toContain('example-value-never-log-this');
});
