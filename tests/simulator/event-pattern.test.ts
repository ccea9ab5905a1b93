import { matchesPattern } from '../../lib/simulator/event-pattern.ts';

const EVENT = {
  source: 'aws.ecs',
  'detail-type': 'ECS Task State Change',
  resources: ['arn:aws:ecs:eu-west-1:111122223333:task/shop/1', 'arn:aws:ecs:eu-west-1:111122223333:task/shop/2'],
  detail: {
    lastStatus: 'STOPPED',
    stopCode: 'TaskFailedToStart',
    version: 4,
    note: null,
    empty: [],
    address: '10.0.3.7',
    attachments: [
      { type: 'eni', status: 'DELETED' },
      { type: 'ebs', status: 'ATTACHED' },
    ],
    flags: { spot: false },
  },
};

const MATCHING: readonly (readonly [string, object])[] = [
  ['a value of the list', { source: ['aws.efs', 'aws.ecs'] }],
  ['a nested value', { detail: { lastStatus: ['STOPPED'], stopCode: ['TaskFailedToStart'] } }],
  ['one of a list in the event', { resources: ['arn:aws:ecs:eu-west-1:111122223333:task/shop/2'] }],
  ['a prefix', { detail: { stopCode: [{ prefix: 'TaskFailed' }] } }],
  ['a prefix in any case', { detail: { stopCode: [{ prefix: { 'equals-ignore-case': 'taskfailed' } }] } }],
  ['a suffix', { source: [{ suffix: '.ecs' }] }],
  ['a suffix in any case', { source: [{ suffix: { 'equals-ignore-case': '.ECS' } }] }],
  ['a value in any case', { detail: { stopCode: [{ 'equals-ignore-case': 'TASKFAILEDTOSTART' }] } }],
  ['anything but another value', { source: [{ 'anything-but': 'aws.ec2' }] }],
  ['anything but a list', { source: [{ 'anything-but': ['aws.ec2', 'aws.efs'] }] }],
  ['anything but another number', { detail: { version: [{ 'anything-but': [1, 2] }] } }],
  ['anything but a prefix', { source: [{ 'anything-but': { prefix: 'com.' } }] }],
  ['anything but a suffix', { source: [{ 'anything-but': { suffix: '.ec2' } }] }],
  ['anything but a wildcard', { source: [{ 'anything-but': { wildcard: 'com.*' } }] }],
  ['anything but several prefixes', { source: [{ 'anything-but': { prefix: ['com.', 'org.'] } }] }],
  ['a member that is there', { detail: { stopCode: [{ exists: true }] } }],
  ['a member that is there and null', { detail: { note: [{ exists: true }] } }],
  ['a member that is missing', { detail: { errorCode: [{ exists: false }] } }],
  ['a member that is missing with its parent', { other: { errorCode: [{ exists: false }] } }],
  ['an object, which is no leaf', { detail: { flags: [{ exists: false }] } }],
  ['an empty list, which holds no leaf', { detail: { empty: [{ exists: false }] } }],
  ['null', { detail: { note: [null] } }],
  ['false', { detail: { flags: { spot: [false] } } }],
  ['a number', { detail: { version: [{ numeric: ['>=', 4, '<', 5] }] } }],
  ['an address in a block', { detail: { address: [{ cidr: '10.0.0.0/16' }] } }],
  ['a wildcard', { resources: [{ wildcard: 'arn:aws:ecs:*:task/shop/*' }] }],
  ['one of two branches', { $or: [{ source: ['aws.ec2'] }, { detail: { version: [4] } }] }],
  [
    'branches beside members',
    { source: ['aws.ecs'], detail: { $or: [{ version: [9] }, { lastStatus: ['STOPPED'] }] } },
  ],
  ['an object of a list', { detail: { attachments: { type: ['eni'], status: ['DELETED'] } } }],
  ['missing or a value', { detail: { errorCode: ['x', { exists: false }] } }],
];

const FAILING: readonly (readonly [string, object])[] = [
  ['another value', { source: ['aws.efs'] }],
  ['the number as text', { detail: { version: ['4'] } }],
  ['a prefix from elsewhere', { source: [{ prefix: 'ecs' }] }],
  ['anything but the value', { source: [{ 'anything-but': 'aws.ecs' }] }],
  ['anything but its prefix', { source: [{ 'anything-but': { prefix: 'aws.' } }] }],
  ['anything but its wildcard', { source: [{ 'anything-but': { wildcard: '*.ecs' } }] }],
  ['anything but, of a missing member', { detail: { errorCode: [{ 'anything-but': 'x' }] } }],
  ['the case of a plain value', { source: ['AWS.ECS'] }],
  ['a member that must be missing', { detail: { stopCode: [{ exists: false }] } }],
  ['a member that must be there', { detail: { errorCode: [{ exists: true }] } }],
  ['a number below the range', { detail: { version: [{ numeric: ['>', 4] }] } }],
  ['an address outside the block', { detail: { address: [{ cidr: '10.1.0.0/16' }] } }],
  ['a wildcard that is too short', { source: [{ wildcard: 'aws.e' }] }],
  ['a wildcard with a point as any character', { source: [{ wildcard: 'aws?ecs' }] }],
  ['members of two objects of a list', { detail: { attachments: { type: ['eni'], status: ['ATTACHED'] } } }],
  ['one member of two', { source: ['aws.ecs'], detail: { lastStatus: ['RUNNING'] } }],
  ['neither branch', { $or: [{ source: ['aws.ec2'] }, { source: ['aws.efs'] }] }],
  ['an inherited member', { detail: { constructor: [{ exists: true }] } }],
];

const INVALID: readonly (readonly [string, unknown])[] = [
  ['an empty pattern', {}],
  ['a bare value', { source: 'aws.ecs' }],
  ['an empty list', { source: [] }],
  ['an unknown operator', { source: [{ regex: '.*' }] }],
  ['two operators in one object', { source: [{ prefix: 'a', suffix: 'b' }] }],
  ['a lone comparison sign', { detail: { version: [{ numeric: ['>'] }] } }],
  ['exists with a text', { source: [{ exists: 'yes' }] }],
  ['a branch alone', { $or: [{ source: ['a'] }] }],
  ['two stars side by side', { source: [{ wildcard: 'a**' }] }],
  ['numbers in anything-but', { source: [{ 'anything-but': { numeric: ['>', 1] } }] }],
  ['a list within a list', { source: [['aws.ecs']] }],
];

test.each(MATCHING)('a pattern passes %s', (_what, pattern) => {
  expect(matchesPattern({ ...pattern }, EVENT)).toBe(true);
});

test.each(FAILING)('a pattern stops %s', (_what, pattern) => {
  expect(matchesPattern({ ...pattern }, EVENT)).toBe(false);
});

test.each(INVALID)('a rule is refused for %s', (_what, pattern) => {
  expect(() => matchesPattern(pattern as Record<string, unknown>, EVENT)).toThrow(/^invalid event pattern/);
});

test('a star or a backslash in a wildcard can be meant as such', () => {
  expect([
    matchesPattern({ a: [{ wildcard: 'x\\*y*' }] }, { a: 'x*yz' }),
    matchesPattern({ a: [{ wildcard: 'x\\*y' }] }, { a: 'x1y' }),
  ]).toEqual([true, false]);
});
