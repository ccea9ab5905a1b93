import { EC2Client, ModifySecurityGroupRulesCommand } from '@aws-sdk/client-ec2';
import { buildEstate } from '../../lib/simulator/estate.ts';
import { left } from './left.ts';
import { denyingPolicy, operator } from './operator.ts';
import { provisioned } from './provision-stage.ts';
import { breakIt, decisions, mounts, type Stage, stage } from './stage.ts';

jest.setTimeout(60_000);

/** Healthy, enrolled, and looked at once, so that the ledger knows what its mounts rest on. */
async function known(...args: Parameters<typeof stage>): Promise<Stage> {
  const at = stage(...args);
  await at.installed.invoke('drift', { family: at.estate.family });
  return at;
}

function alerts({ account }: Stage): readonly { readonly subject: string; readonly text: string }[] {
  return account.state.sns.published
    .filter(({ topicArn }) => topicArn.endsWith(':mountkeeper-alerts'))
    .map(({ subject = '', message }) => ({ subject, text: message }));
}

function last(at: Stage) {
  const outcome = decisions(at.installed).at(-1);
  return {
    findings: outcome?.decision.findings.map(({ code }) => code) ?? [],
    done: outcome?.steps.flatMap((step) => (step.result === 'done' ? [step.step.action.kind] : [])) ?? [],
    withheld: outcome?.withheld.map(({ heldBy }) => heldBy) ?? [],
  };
}

describe('what is our own is made again', () => {
  test('a revoked rule, before any task fails', async () => {
    const at = await known();
    await operator(at.account).revokeAll(at.estate.mountTargetGroupId, 'ingress');
    await at.account.bus.drain();
    expect(last(at).done).toEqual(['authorize-ingress']);
    expect(await mounts(at)).toBe(true);
    expect(alerts(at)).toHaveLength(1);
  });

  test('a rule that somebody rewrites, before any task fails', async () => {
    const at = await known();
    const rules = Object.values(at.account.state.ec2.securityGroups[at.estate.mountTargetGroupId]?.rules ?? {});
    const ec2 = at.account.client(EC2Client, `arn:aws:iam::${at.account.accountId}:role/network-admin`);
    const { id: SecurityGroupRuleId } = rules.find(({ isEgress }) => !isEgress) ?? { id: '' };
    const ReferencedGroupId = at.estate.clientGroupId;
    const SecurityGroupRule = { IpProtocol: 'tcp', FromPort: 2050, ToPort: 2050, ReferencedGroupId };
    await ec2.send(
      new ModifySecurityGroupRulesCommand({
        GroupId: at.estate.mountTargetGroupId,
        SecurityGroupRules: [{ SecurityGroupRuleId, SecurityGroupRule }],
      }),
    );
    await at.account.bus.drain();
    expect(await mounts(at)).toBe(true);
  });

  test('a deleted access point: the same place and identity, a grant for it, a revision that names it', async () => {
    const at = await provisioned({ standalone: false, definitionTags: { 'mountkeeper:start': 'empty' } });
    await at.account.bus.drain();
    await at.installed.invoke('drift', { family: at.estate.family });
    const [point] = Object.values(at.account.state.efs.accessPoints);
    if (!point) throw new Error('nothing was provisioned');
    await at.account.clock.advance(3_600_000);
    await operator(at.account).deleteAccessPoint(point.id);
    await at.account.bus.drain();
    expect(last(at).done).toEqual(['create-access-point', 'put-role-policy', 'register-revision', 'update-service']);
    await at.account.clock.advance(600_000);
    const [again, ...more] = Object.values(at.account.state.efs.accessPoints);
    expect(more).toEqual([]);
    expect({ path: again?.path, user: again?.posixUser }).toEqual({ path: point.path, user: point.posixUser });
    expect(await mounts(at)).toBe(true);
  }, 30_000);

  test('a rule that is revoked again and again is left alone, and told', async () => {
    const at = await known();
    for (let time = 0; time < 3; time += 1) {
      await operator(at.account).revokeAll(at.estate.mountTargetGroupId, 'ingress');
      await at.account.bus.drain();
      await at.account.clock.advance(2 * 3_600_000);
    }
    expect(last(at)).toMatchObject({ done: [], withheld: ['breaker'] });
    expect(alerts(at).at(-1)?.text).toContain('storage-admin');
  });
});

describe('what is not ours is told, with who did it and how it is taken back', () => {
  test('a policy with a Deny', async () => {
    const at = await known();
    const { fileSystemId, fileSystemArn, taskRoleArn } = at.estate;
    await operator(at.account).putPolicy(fileSystemId, denyingPolicy(fileSystemArn, taskRoleArn));
    const before = left(at.account);
    await at.account.bus.drain();
    expect(last(at)).toMatchObject({ findings: expect.arrayContaining(['policy-denies']), done: [], withheld: [] });
    expect(left(at.account)).toEqual(before);
    const [alert] = alerts(at);
    expect(alert?.text).toContain('will fail to mount');
    expect(alert?.text).toContain(`role/storage-admin`);
    expect(alert?.text).toContain('aws efs put-file-system-policy');
  });

  test('several families on the file system are told together', async () => {
    const at = await known();
    const other = buildEstate(at.account, { name: 'billing', beside: at.estate });
    await at.installed.invoke('drift', { family: other.family });
    const { fileSystemId, fileSystemArn } = at.estate;
    const everybody = denyingPolicy(fileSystemArn, '*');
    await operator(at.account).putPolicy(fileSystemId, everybody);
    await at.account.bus.drain();
    expect(alerts(at)).toHaveLength(1);
    expect(alerts(at)[0]?.text).toContain('billing shop-api');
  });

  test('an access point of the team itself', async () => {
    const at = await known();
    await operator(at.account).deleteAccessPoint(at.estate.accessPointId ?? '');
    await at.account.clock.advance(60_000);
    await at.account.bus.drain();
    expect(last(at)).toMatchObject({ findings: expect.arrayContaining(['access-point-missing']), done: [] });
    expect(alerts(at).at(-1)?.text).toContain('aws efs create-access-point');
  });

  test('groups of a mount target', async () => {
    const at = await known({}, { patterns: {} });
    const [target] = Object.values(at.account.state.efs.mountTargets);
    if (!target) throw new Error('no mount target');
    await operator(at.account).setGroups(target.id, [at.estate.defaultGroupId]);
    const event = at.account.bus.events.at(-1);
    await at.installed.deliver('drift', event);
    expect(last(at)).toMatchObject({ findings: expect.arrayContaining(['security-group-ingress-missing']) });
    expect(alerts(at).at(-1)?.text).toContain(`--security-groups ${at.estate.mountTargetGroupId}`);
  });

  test("an owner's key that is taken away", async () => {
    const at = await known();
    await operator(at.account).untag(at.estate.fileSystemId, 'mountkeeper:allow');
    await at.account.bus.drain();
    expect(last(at)).toMatchObject({ findings: expect.arrayContaining(['key-vanished']), done: [] });
    expect(alerts(at)).toHaveLength(1);
  });
});

test('the key that was missing appears: what was withheld is done at once', async () => {
  const at = await known();
  await operator(at.account).untag(at.estate.fileSystemId, 'mountkeeper:allow');
  await at.account.bus.drain();
  breakIt(at.account, at.estate, 'sg-ingress');
  await at.installed.invoke('drift', { family: at.estate.family });
  expect(last(at)).toMatchObject({ done: [], withheld: ['key'] });
  await operator(at.account).tag(at.estate.fileSystemId, 'mountkeeper:allow', at.estate.family);
  await at.account.bus.drain();
  expect(last(at)).toMatchObject({ done: ['authorize-ingress'], withheld: [] });
});
