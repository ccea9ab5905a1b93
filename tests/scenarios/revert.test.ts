import type { Arrived } from '../../lib/road.ts';
import type { Account } from '../../lib/simulator/account.ts';
import type { EstateWishes } from '../../lib/simulator/estate/spec.ts';
import { buildEstate, runEstate } from '../../lib/simulator/estate.ts';
import { scale } from '../scale.ts';
import { BARE } from './bare.ts';
import { left } from './left.ts';
import { moveService, register, untouched } from './provision-stage.ts';
import { type BreakName, breakIt, decisions, type Stage, stage } from './stage.ts';

jest.setTimeout(60_000);

const REPAIRABLE: readonly BreakName[] = ['sg-ingress', 'sg-egress', 'no-grant'];

/** Broken, heard of, repaired; and the account as it was right before the repair. */
async function repaired(names: readonly BreakName[]): Promise<Stage & { readonly before: unknown }> {
  const staged = stage({ keys: { service: false } });
  for (const name of names) breakIt(staged.account, staged.estate, name);
  await runEstate(staged.account, staged.estate);
  const before = left(staged.account);
  await staged.account.bus.drain();
  return { ...staged, before };
}

function changesOf(staged: Stage): readonly string[] {
  return decisions(staged.installed).flatMap(({ steps }) =>
    steps.flatMap((step) => (step.result === 'done' ? [step.changeId] : [])),
  );
}

function doneBy(arrived: Arrived): readonly string[] {
  if (arrived.kind !== 'walked') throw new Error(`it did not walk: ${JSON.stringify(arrived)}`);
  return arrived.settled.flatMap(({ outcome }) =>
    outcome.steps.flatMap((step) => (step.result === 'done' ? [step.step.action.kind] : [])),
  );
}

function findingsOf(arrived: Arrived): readonly string[] {
  if (arrived.kind !== 'walked') throw new Error('it did not walk');
  return arrived.settled.flatMap(({ outcome }) => outcome.decision.findings.map(({ code }) => code));
}

describe('what was changed is taken back', () => {
  test.each(REPAIRABLE)('by the id of the change: %s', async (name) => {
    const { before, ...staged } = await repaired([name]);
    expect(left(staged.account)).not.toEqual(before);
    const [change] = changesOf(staged);
    await staged.installed.invoke('revert', { change });
    expect(left(staged.account)).toEqual(before);
  });

  test.each([20, 255])('a rule of a family whose name has %i characters', async (length) => {
    const name = 'a'.repeat(length);
    const { account, estate, installed } = stage({ keys: { service: false } });
    const { taskDefinitions, services } = account.state.ecs;
    const renamed = <T>(thing: T): T =>
      JSON.parse(JSON.stringify(thing).replaceAll(`task-definition/${estate.family}:`, `task-definition/${name}:`));
    const kept = renamed(taskDefinitions[estate.family]);
    for (const revision of Object.values(kept?.revisions ?? {})) {
      Object.assign(revision, { family: name, definition: { ...revision.definition, family: name } });
      revision.tags.push({ key: 'mountkeeper:enabled', value: 'true' });
    }
    Object.assign(taskDefinitions, { [name]: { ...kept, family: name } });
    Object.assign(services, renamed(services));
    breakIt(account, estate, 'sg-ingress');
    await installed.invoke('remediate', { taskDefinition: name });
    const arrived = await installed.invoke('revert', { family: name });
    expect({ done: doneBy(arrived), findings: findingsOf(arrived) }).toEqual({ done: ['revoke-rule'], findings: [] });
  });

  test('a whole family, last change first', async () => {
    const { before, ...staged } = await repaired(['sg-ingress', 'sg-egress', 'no-grant']);
    const made = changesOf(staged);
    const arrived = await staged.installed.invoke('revert', { family: staged.estate.family });
    expect(doneBy(arrived)).toEqual(['delete-role-policy', 'revoke-rule', 'revoke-rule']);
    expect(made).toHaveLength(3);
    expect(left(staged.account)).toEqual(before);
  });

  test('by the incident that the alert names', async () => {
    const { before, ...staged } = await repaired(['sg-ingress']);
    const [incident] = await staged.installed.world('revert').ledger.openIncidents();
    await staged.installed.invoke('revert', { incident: incident?.id });
    expect(left(staged.account)).toEqual(before);
  });

  test('a dry run says what it would take back and takes nothing', async () => {
    const staged = await repaired(['sg-ingress']);
    const after = left(staged.account);
    const arrived = await staged.installed.invoke('revert', { family: staged.estate.family, dryRun: true });
    const plans = arrived.kind === 'walked' ? arrived.settled.map(({ outcome }) => outcome.withheld) : [];
    expect(plans[0]?.map(({ action, heldBy }) => [action.kind, heldBy])).toEqual([['revoke-rule', 'dry-run']]);
    expect(left(staged.account)).toEqual(after);
  });

  test('a second time there is nothing left', async () => {
    const staged = await repaired(['sg-ingress', 'no-grant']);
    await staged.installed.invoke('revert', { family: staged.estate.family });
    const before = left(staged.account);
    const again = await staged.installed.invoke('revert', { family: staged.estate.family });
    expect({ findings: findingsOf(again), account: left(staged.account) }).toEqual({
      findings: ['nothing-to-revert'],
      account: before,
    });
  });
});

describe('what was taken back is held', () => {
  test.each(REPAIRABLE)('the next failure changes nothing: %s', async (name) => {
    const { before, ...staged } = await repaired([name]);
    await staged.installed.invoke('revert', { family: staged.estate.family });
    await staged.account.clock.advance(2 * 3_600_000);
    await runEstate(staged.account, staged.estate);
    await staged.account.bus.drain();
    const held = decisions(staged.installed)
      .at(-1)
      ?.withheld.map(({ heldBy }) => heldBy);
    expect(held).toEqual(['held']);
    expect(left(staged.account)).toEqual(before);
  });

  test('until somebody releases it', async () => {
    const { before, ...staged } = await repaired(['sg-ingress']);
    const repairedAccount = Object.keys(rulesIn(staged.account, staged.estate.mountTargetGroupId)).length;
    const [change] = changesOf(staged);
    await staged.installed.invoke('revert', { change });
    const released = await staged.installed.invoke('revert', { release: change });
    expect(findingsOf(released)).toEqual(['hold-released']);
    expect(left(staged.account)).toEqual(before);
    await staged.account.clock.advance(2 * 3_600_000);
    await runEstate(staged.account, staged.estate);
    await staged.account.bus.drain();
    expect(Object.keys(rulesIn(staged.account, staged.estate.mountTargetGroupId))).toHaveLength(repairedAccount);
  });
});

test.each(['The', 'change', 'was', 'reverted.', ' '])('the word %j of a reason releases nothing', async (release) => {
  const at = await repaired(['sg-ingress']);
  await at.installed.invoke('revert', { family: at.estate.family });
  const held = await at.installed.world('revert').ledger.allHeld();
  await at.installed.invoke('revert', { release });
  expect(held).toHaveLength(1);
  expect(await at.installed.world('revert').ledger.allHeld()).toEqual(held);
});

describe('what is no longer as it was left stays', () => {
  test('a rule whose tag or port somebody changed', async () => {
    const staged = await repaired(['sg-ingress']);
    const rules = rulesIn(staged.account, staged.estate.mountTargetGroupId);
    for (const rule of Object.values(rules)) {
      if (rule.referencedGroup) rules[rule.id] = { ...rule, toPort: 2050 };
    }
    const after = left(staged.account);
    const arrived = await staged.installed.invoke('revert', { family: staged.estate.family });
    expect({ findings: findingsOf(arrived), account: left(staged.account) }).toEqual({
      findings: ['revert-refused'],
      account: after,
    });
  });

  test('a grant that somebody edited', async () => {
    const staged = await repaired(['no-grant']);
    const role = staged.account.state.iam.roles[staged.estate.taskRoleName];
    const name = `mountkeeper-${staged.estate.fileSystemId}`;
    const policy = role?.inlinePolicies[name];
    if (!role || !policy) throw new Error('the repair put no policy');
    role.inlinePolicies[name] = { ...policy, document: policy.document.replace('ClientWrite', 'ClientRootAccess') };
    const after = left(staged.account);
    const arrived = await staged.installed.invoke('revert', { family: staged.estate.family });
    expect({ findings: findingsOf(arrived), account: left(staged.account) }).toEqual({
      findings: ['revert-refused'],
      account: after,
    });
  });

  test('without the key of the owner nothing is taken back', async () => {
    const staged = await repaired(['sg-ingress']);
    const group = staged.account.state.ec2.securityGroups[staged.estate.mountTargetGroupId];
    if (!group) throw new Error('no group');
    group.tags.splice(0);
    const after = left(staged.account);
    const arrived = await staged.installed.invoke('revert', { family: staged.estate.family });
    const held = arrived.kind === 'walked' ? arrived.settled[0]?.outcome.withheld.map(({ heldBy }) => heldBy) : [];
    expect({ held, account: left(staged.account) }).toEqual({ held: ['key'], account: after });
  });
});

describe('a revert that dies on the way is finished by its retry', () => {
  test('at every call, before and after it took effect', async () => {
    const probe = await repaired(['sg-ingress', 'no-grant']);
    const from = probe.account.callCount();
    await probe.installed.invoke('revert', { family: probe.estate.family });
    const end = left(probe.account);
    const calls = probe.account.calls.slice(from).map(({ service, operation }) => ({ service, operation }));
    for (const [index, call] of calls.entries()) {
      if (index % Math.max(1, Math.round(6 / scale(1))) !== 0) continue;
      const nth = calls.slice(0, index + 1).filter((one) => isSameCall(one, call)).length;
      for (const kind of ['crash-before', 'crash-after'] as const) {
        const staged = await repaired(['sg-ingress', 'no-grant']);
        staged.account.faults.inject({ match: { ...call, nth }, kind, times: 1 });
        const request = { family: staged.estate.family };
        await staged.installed.deliver('revert', request, 'the same invocation').catch(() => undefined);
        staged.account.faults.clear();
        await staged.installed.deliver('revert', request, 'the same invocation');
        expect({ call, nth, kind, account: left(staged.account) }).toEqual({ call, nth, kind, account: end });
      }
    }
  }, 120_000);
});

interface OneCall {
  readonly service: string;
  readonly operation: string;
}

function isSameCall(one: OneCall, other: OneCall): boolean {
  return one.service === other.service && one.operation === other.operation;
}

function rulesIn(account: Account, groupId: string) {
  return account.state.ec2.securityGroups[groupId]?.rules ?? {};
}

describe('what provisioning made', () => {
  const WISHES = { standalone: false, definitionTags: { 'mountkeeper:start': 'empty' } };

  /** The account as it was before anything was made, and as it is now. */
  async function made(wishes: EstateWishes = WISHES): Promise<Stage & { readonly before: unknown }> {
    const at = untouched(wishes, { patterns: {} });
    const before = left(at.account);
    await at.installed.invoke('provision', { taskDefinition: at.estate.family });
    return { ...at, before };
  }

  /** AWS gives no revision number back, and an access point stays where nobody asked to delete it. */
  function withoutLeftovers(state: unknown, { accessPoints }: { readonly accessPoints: boolean }): unknown {
    const { ecs, efs, ...rest } = structuredClone(state) as {
      ecs: Record<string, unknown>;
      efs: Record<string, unknown>;
    };
    const { taskDefinitions: _revisions, ...others } = ecs;
    const { accessPoints: points, directories: _data, ...storage } = efs;
    return { ...rest, ecs: others, efs: accessPoints ? { ...storage, accessPoints: points } : storage };
  }

  test('is taken back: service, grant, parameters; access point and revision stay, and it says so', async () => {
    const at = await made();
    const arrived = await at.installed.invoke('revert', { family: at.estate.family });
    expect(doneBy(arrived)).toEqual(['update-service', 'delete-role-policy']);
    expect(findingsOf(arrived)).toEqual(['revert-not-possible', 'revert-not-possible']);
    const options = { accessPoints: false };
    expect(withoutLeftovers(left(at.account), options)).toEqual(withoutLeftovers(at.before, options));
  });

  test('with the access points where the request says so; the sweep makes none of it again', async () => {
    const at = await made();
    await at.installed.invoke('revert', { family: at.estate.family, deleteAccessPoints: true });
    await at.account.clock.advance(3_600_000);
    const options = { accessPoints: true };
    const after = withoutLeftovers(left(at.account), options);
    expect(after).toEqual(withoutLeftovers(at.before, options));
    await at.installed.invoke('sweep', {});
    await at.installed.invoke('provision', { taskDefinition: at.estate.family });
    expect(withoutLeftovers(left(at.account), options)).toEqual(after);
  });

  test('but for an access point that a service still mounts through', async () => {
    const at = await made();
    const definitions = Object.values(at.account.state.ecs.taskDefinitions[at.estate.family]?.revisions ?? {});
    // The team took the wiring over into what it deploys itself.
    const { arn } = await register(at, { ...definitions.at(-1)?.definition } as object);
    await moveService(at, arn);
    const arrived = await at.installed.invoke('revert', { family: at.estate.family, deleteAccessPoints: true });
    expect(Object.values(at.account.state.efs.accessPoints).map(({ lifeCycle }) => lifeCycle)).toEqual(['available']);
    expect(JSON.stringify(arrived)).toContain(`Service ${at.estate.family} mounts through it`);
  });

  test('of one family leaves the grants of another one on the same role', async () => {
    const at = await made({ ...WISHES, standalone: true });
    const other = buildEstate(at.account, {
      ...BARE,
      name: 'billing',
      beside: at.estate,
      user: '1001',
      definitionTags: { 'mountkeeper:start': 'empty' },
    });
    const [first] = Object.values(at.account.state.ecs.taskDefinitions[other.family]?.revisions ?? {});
    if (first) Object.assign(first.definition, { taskRoleArn: at.estate.taskRoleArn });
    await at.installed.invoke('provision', { taskDefinition: 'billing' });
    const role = at.account.state.iam.roles[at.estate.taskRoleName];
    const grants = () => JSON.stringify(role?.inlinePolicies[`mountkeeper-${at.estate.fileSystemId}`]?.document ?? '');
    const points = Object.values(at.account.state.efs.accessPoints).map(({ id, path }) => ({ id, path }));
    const mine = points.find(({ path }) => path.includes('shop-api'))?.id ?? 'none';
    const theirs = points.find(({ path }) => path.includes('billing'))?.id ?? 'none';
    expect([grants().includes(mine), grants().includes(theirs)]).toEqual([true, true]);
    await at.installed.invoke('revert', { family: at.estate.family });
    expect([grants().includes(mine), grants().includes(theirs)]).toEqual([false, true]);
    await at.installed.invoke('sweep', {});
    expect([grants().includes(mine), grants().includes(theirs)]).toEqual([false, true]);
  });
});
