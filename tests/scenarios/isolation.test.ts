import type { Account } from '../../lib/simulator/account.ts';
import { buildEstate } from '../../lib/simulator/estate.ts';
import { Unsettled } from '../../lib/unsettled.ts';
import { operator } from './operator.ts';
import { breakIt, type Stage, stage } from './stage.ts';

jest.setTimeout(60_000);

const FAMILIES = ['apple', 'banana', 'cherry'] as const;

/** The sweep begins with another family each hour; in this one with the first. */
const TO_APPLES_HOUR_MS = 2 * 3_600_000;
const NO_GRANTS = JSON.stringify({ Version: '2012-10-17', Statement: [] });

/** Three families on one file system, each with a role without its grant. Nothing is heard. */
async function orchard(env: Readonly<Record<string, string>> = {}): Promise<Stage> {
  const at = stage({ name: FAMILIES[0], keys: { service: false } }, { patterns: {}, env });
  const estates = FAMILIES.slice(1).map((name) => buildEstate(at.account, { name, beside: at.estate }));
  for (const estate of [at.estate, ...estates]) breakIt(at.account, estate, 'no-grant');
  await at.account.clock.advance(TO_APPLES_HOUR_MS);
  return at;
}

/** A call that names the text is answered with what no AWS ever answered. */
function poison(account: Account, operation: string, text: string): () => void {
  const { handlers } = account;
  const poisoned = Object.fromEntries(
    Object.entries(handlers).map(([name, handler]) => [
      name,
      (on: Account, input: unknown, caller: string) => {
        if (name === operation && JSON.stringify(input).includes(text)) throw new TypeError(`poisoned ${text}`);
        return handler(on, input as never, caller);
      },
    ]),
  );
  Object.assign(account, { handlers: poisoned });
  return () => void Object.assign(account, { handlers });
}

function granted({ account }: Stage): readonly string[] {
  const roles = Object.values(account.state.iam.roles);
  return FAMILIES.filter((name) =>
    roles.some((role) => role.name.includes(name) && Object.keys(role.inlinePolicies).length > 0),
  );
}

function told({ account }: Stage): readonly string[] {
  const alerts = account.state.sns.published.filter(({ topicArn }) => topicArn.endsWith(':mountkeeper-alerts'));
  return alerts.map(({ subject = '' }) => FAMILIES.find((name) => subject.includes(name)) ?? subject).toSorted();
}

async function swept(at: Stage, runId = 'sweep 1'): Promise<unknown> {
  try {
    return await at.installed.deliver('sweep', {}, runId);
  } catch (error) {
    return error;
  }
}

describe('a family that cannot be dealt with takes nothing from the others, and is named', () => {
  test.each([
    ['read', 'ECS.DescribeTaskDefinition', '"taskDefinition":"banana"'],
    ['granted', 'IAM.PutRolePolicy', 'banana'],
    ['told', 'SNS.Publish', 'banana'],
  ])('it cannot be %s', async (_what, operation, text) => {
    const at = await orchard();
    const cure = poison(at.account, operation, text);
    const error = await swept(at);
    expect(error).toBeInstanceOf(Unsettled);
    expect(String(error)).toContain('family banana (TypeError: poisoned');
    expect(granted(at)).toEqual(expect.arrayContaining(['apple', 'cherry']));
    expect(told(at)).toEqual(['apple', 'cherry']);
    // As Lambda does. What was told already is not told again.
    await swept(at);
    expect(told(at)).toEqual(['apple', 'cherry']);
    cure();
    // An intent that was never settled is looked at when no run can still be at it.
    await at.account.clock.advance(20 * 60_000);
    await swept(at, 'sweep 2');
    expect([granted(at), told(at)]).toEqual([FAMILIES, FAMILIES]);
  });

  test('it cannot be remembered', async () => {
    const at = await orchard();
    poison(at.account, 'DynamoDB.PutItem', '"pk":{"S":"room#radius"},"sk":{"S":"banana"}');
    await expect(at.installed.deliver('sweep', {}, 'sweep 1')).rejects.toThrow('poisoned');
    const { ledger } = at.installed.world('sweep');
    expect([granted(at), told(at)]).toEqual([FAMILIES, FAMILIES]);
    expect([...(await ledger.recallAll('radius')).keys()].toSorted()).toEqual(['apple', 'cherry']);
    expect((await ledger.recallAll('sweep-told')).size).toBe(3);
  });

  test('drift: of three families on one file system, none of which may be granted anything', async () => {
    const at = await orchard();
    await swept(at);
    for (const role of Object.values(at.account.state.iam.roles)) {
      role.inlinePolicies = {};
      role.tags = role.tags.filter(({ Key }) => Key !== 'mountkeeper:allow');
    }
    at.account.state.sns.published.length = 0;
    await at.account.clock.advance(2 * 3_600_000);
    await operator(at.account).tag(at.estate.fileSystemId, 'mountkeeper:base-path', '/ecs');
    const cure = poison(at.account, 'ECS.DescribeTaskDefinition', '"taskDefinition":"banana"');
    const event = at.account.bus.events.at(-1);
    for (const _attempt of [1, 2])
      await expect(at.installed.deliver('drift', event, 'drift 1')).rejects.toThrow('banana (TypeError');
    expect(told(at)).toEqual(['apple', 'cherry']);
    cure();
    await at.installed.deliver('drift', event, 'drift 1');
    expect(told(at)).toEqual(FAMILIES);
  });
});

test('a change that somebody overtakes is planned anew for its family alone', async () => {
  const at = await orchard();
  const { handlers, state } = at.account;
  const overtaking: typeof handlers = {
    ...handlers,
    // The last look before the write.
    'IAM.GetRolePolicy': (on, input, caller) => {
      const role = Object.values(state.iam.roles).find(({ name }) => name.includes('banana'));
      const { PolicyName = '' } = input as { readonly PolicyName?: string };
      if (role && caller.includes('sweep') && JSON.stringify(input).includes('banana'))
        role.inlinePolicies[PolicyName] ??= { document: NO_GRANTS, effectiveFromMs: 0 };
      return handlers['IAM.GetRolePolicy']?.(on, input as never, caller);
    },
  };
  Object.assign(at.account, { handlers: overtaking });
  const from = at.account.callCount();
  await at.installed.invoke('sweep', {});
  const read = at.account.calls
    .slice(from)
    .filter(({ operation }) => operation === 'DescribeTaskDefinition')
    .map(({ input }) => (input as { readonly taskDefinition?: string }).taskDefinition);
  expect(read.toSorted()).toEqual(['apple', 'banana', 'banana', 'cherry']);
  expect(at.account.calls.slice(from).filter(({ operation }) => operation === 'ListServices').length).toBeLessThan(3);
});

test('a family that breaks its things every hour does not use up the budget of those behind it', async () => {
  const at = await orchard({ MOUNTKEEPER_REPAIRS_PER_HOUR: '1' });
  const apples = Object.values(at.account.state.iam.roles).find(({ name }) => name.includes('apple'));
  for (const _hour of [1, 2]) {
    if (apples) apples.inlinePolicies = {};
    await at.installed.invoke('sweep', {});
    await at.account.clock.advance(3_600_001);
  }
  expect(granted(at).filter((name) => name !== 'apple').length).toBeGreaterThan(0);
});

describe('a sweep that takes long', () => {
  /** The first change takes as long as this. */
  function slow(at: Stage, minutes: number, meanwhile: () => Promise<unknown> = async () => undefined): void {
    const { handlers } = at.account;
    let slept = false;
    const sleeping: typeof handlers = {
      ...handlers,
      'IAM.PutRolePolicy': async (on, input, caller) => {
        if (!slept) {
          slept = true;
          await at.account.clock.advance(minutes * 60_000);
          await meanwhile();
        }
        return handlers['IAM.PutRolePolicy']?.(on, input as never, caller);
      },
    };
    Object.assign(at.account, { handlers: sleeping });
  }

  test('begins nothing that Lambda would end in the middle; the next one does it', async () => {
    const at = await orchard();
    slow(at, 14);
    await at.installed.invoke('sweep', {});
    expect([granted(at), told(at)]).toEqual([['apple'], ['apple']]);
    await at.installed.invoke('sweep', {});
    expect([granted(at), told(at)]).toEqual([FAMILIES, FAMILIES]);
  });

  test('keeps its lease as long as it may run', async () => {
    const at = await orchard();
    const others: string[] = [];
    slow(at, 12, async () => others.push((await at.installed.deliver('sweep', {}, 'another')).kind));
    await at.installed.invoke('sweep', {});
    expect(others).toEqual(['busy']);
  });
});

test('a single one that fails is thrown as it is', async () => {
  const at = stage({ name: 'apple' }, { patterns: {} });
  breakIt(at.account, at.estate, 'no-grant');
  poison(at.account, 'ECS.DescribeTaskDefinition', '"taskDefinition":"apple"');
  expect(await swept(at)).toBeInstanceOf(TypeError);
});
