import { judgeAgent } from '../../../lib/diagnosis/rules/agent.ts';
import { judgeHost } from '../../../lib/diagnosis/rules/host.ts';
import { judgePlatform } from '../../../lib/diagnosis/rules/platform.ts';
import { judgeProxy } from '../../../lib/diagnosis/rules/proxy.ts';
import { isOlder } from '../../../lib/diagnosis/rules/version.ts';
import { absent, present, unknown } from '../../../lib/domain/fact.ts';
import { definition, facts, plainVolume, task, volume } from '../build-facts.ts';
import { codes } from './codes.ts';

describe('kind of host', () => {
  test.each([
    ['Fargate on Linux', facts(), []],
    ['an external instance', facts({ launch: { type: 'EXTERNAL', networkMode: 'bridge' } }), ['host-not-supported']],
    [
      'Windows',
      facts({ taskDefinition: definition({ operatingSystem: 'WINDOWS_SERVER_2022_CORE' }) }),
      ['host-not-supported'],
    ],
    ['Linux by name', facts({ taskDefinition: definition({ operatingSystem: 'LINUX' }) }), []],
  ])('%s', (_name, given, wanted) => expect(codes(judgeHost(given))).toEqual(wanted));
});

describe('platform version', () => {
  const on = (platformVersion: string | undefined, type: 'FARGATE' | 'EC2' = 'FARGATE') =>
    facts({ task: task(), launch: { type, networkMode: 'awsvpc', ...(platformVersion && { platformVersion }) } });
  test.each([
    ['1.4.0', on('1.4.0'), []],
    ['LATEST', on('LATEST'), []],
    ['1.3.0', on('1.3.0'), ['platform-too-old']],
    ['1.10.0', on('1.10.0'), []],
    ['a word', on('newest'), ['not-checked']],
    ['none told by a task', on(undefined), ['not-checked']],
    ['old, but not on Fargate', on('1.3.0', 'EC2'), []],
    ['none told and no task', facts({ launch: { type: 'FARGATE', networkMode: 'awsvpc' } }), []],
  ])('%s', (_name, given, wanted) => expect(codes(judgePlatform(given))).toEqual(wanted));
});

describe('ECS agent', () => {
  const arn = 'arn:aws:ecs:eu-west-1:111122223333:container-instance/shop/1';
  const on = (change: { readonly agentVersion?: string; readonly attributes?: readonly string[] }) =>
    facts({
      task: task({ launchType: 'EC2' }),
      launch: {
        type: 'EC2',
        networkMode: 'bridge',
        containerInstance: present({ arn, attributes: ['ecs.capability.efsAuth'], agentVersion: '1.90.0', ...change }),
      },
    });
  const with_ = (containerInstance: ReturnType<typeof unknown> | typeof absent) =>
    facts({ task: task(), launch: { type: 'EC2', networkMode: 'bridge', containerInstance } });

  test.each([
    ['recent, with the plugin', on({}), volume(), []],
    ['1.37.0', on({ agentVersion: '1.37.0' }), volume(), ['agent-too-old']],
    ['1.38.0', on({ agentVersion: '1.38.0' }), volume(), []],
    ['without the plugin', on({ attributes: [] }), volume(), ['agent-too-old']],
    ['without the plugin, for a volume that needs none of it', on({ attributes: [] }), plainVolume(), []],
    ['that may not be read', with_(unknown('denied')), volume(), ['not-checked']],
    ['that is gone', with_(absent), volume(), ['not-checked']],
    ['of Fargate', facts({ task: task() }), volume(), []],
  ])('%s', (_name, given, mounted, wanted) => expect(codes(judgeAgent(given, mounted))).toEqual(wanted));
});

describe('proxy', () => {
  const with_ = (ports: readonly number[]) =>
    facts({ taskDefinition: definition({ proxy: { egressIgnoredPorts: ports } }) });
  test.each([
    ['none', facts(), []],
    ['that leaves 2049 alone', with_([22, 2049]), []],
    ['that catches 2049', with_([22]), ['proxy-catches-nfs']],
  ])('%s', (_name, given, wanted) => expect(codes(judgeProxy(given))).toEqual(wanted));
});

test.each([
  ['1.3.0', '1.4.0', true],
  ['1.4', '1.4.0', false],
  ['v1.37.9', '1.38.0', true],
  ['2.0.0', '1.38.0', false],
  ['x', '1.38.0', undefined],
])('%s is older than %s: %p', (version, than, wanted) => expect(isOlder(version, than)).toBe(wanted));
