import { modeOf } from '../../lib/mode.ts';
import { type Stage, stage } from './stage.ts';

jest.setTimeout(60_000);

/** Members that every object of JavaScript has: ECS takes them as names of families, and an event may say anything. */
const NAMES = ['constructor', 'toString', '__proto__'];

/** The estate's family once more, under another name. The simulator keeps families in a plain object, too. */
function withFamily({ account, estate }: Stage, name: string): void {
  const { taskDefinitions } = account.state.ecs;
  Object.setPrototypeOf(taskDefinitions, null);
  const text = JSON.stringify(taskDefinitions[estate.family]).replaceAll(
    `task-definition/${estate.family}:`,
    `task-definition/${name}:`,
  );
  const value = JSON.parse(text) as (typeof taskDefinitions)[string];
  for (const { definition } of Object.values(value.revisions)) Object.assign(definition, { family: name });
  Object.defineProperty(taskDefinitions, name, { value, enumerable: true });
}

test.each(NAMES)('a family called %s ends neither a sweep nor drift', async (name) => {
  const at = stage();
  withFamily(at, name);
  await at.installed.invoke('provision', { taskDefinition: name });
  await at.account.bus.drain();
  const swept = await at.installed.invoke('sweep', {});
  const drifted = await at.installed.invoke('drift', { family: name });
  expect([swept.kind, drifted.kind]).toEqual(['walked', 'walked']);
});

test.each(NAMES)('a call named %s is ignored', async (eventName) => {
  const { account, installed } = stage();
  const { accountId: of, region } = account;
  const detail = { eventSource: 'ecs.amazonaws.com', eventName, userIdentity: {}, requestParameters: {} };
  const about = { id: 'x', source: 'aws.ecs', 'detail-type': 'AWS API Call via CloudTrail', account: of, region };
  const arrived = await installed.deliver('provision', { version: '0', ...about, time: '', resources: [], detail });
  expect(arrived.kind).toBe('ignored');
});

test.each(NAMES)('a mode parameter that says %s means observe', async (value) => {
  expect(modeOf('repair', { state: 'present', value })).toMatchObject({ mode: 'observe', trouble: expect.any(String) });
});
