import { decisions, mounts, stage, touched } from './stage.ts';

describe('a tag becomes a working mount', () => {
  test('a tagged task definition gets access point, grant and wired revision, and its task writes as the right user', async () => {
    const at = stage({ accessPoint: false, iam: false, tls: false, standalone: true, user: '1000' });
    const { account, installed } = at;
    await installed.invoke('provision', { taskDefinition: 'shop-api' });
    const steps = decisions(installed).flatMap((outcome) => outcome.steps);
    expect(steps.map((step) => [step.step.action.kind, step.result])).toEqual([
      ['create-access-point', 'done'],
      ['put-role-policy', 'done'],
      ['register-revision', 'done'],
    ]);
    expect(await mounts(at)).toBe(true);
    const running = Object.values(account.state.ecs.tasks).find((task) => task.lastStatus === 'RUNNING');
    expect(running?.mounted).toMatchObject([{ path: '/ecs/shop-api/data', uid: 1000, gid: 1000, canWrite: true }]);
  });

  test('a second run plans nothing', async () => {
    const { account, installed } = stage({ accessPoint: false, standalone: true, user: '1000' });
    await installed.invoke('provision', { taskDefinition: 'shop-api' });
    const before = touched(account);
    await installed.invoke('provision', { taskDefinition: 'shop-api' });
    const [, second] = decisions(installed);
    expect({ plan: second?.decision.plan, account: touched(account) }).toEqual({
      plan: { steps: [], withheld: [] },
      account: before,
    });
  });
});
