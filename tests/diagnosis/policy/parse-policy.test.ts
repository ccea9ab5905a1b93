import { parsePolicy } from '../../../lib/diagnosis/policy/parse-policy.ts';
import type { PolicyKind } from '../../../lib/diagnosis/policy/types.ts';
import { fileSystemArn, mount, mountFor } from './clients.ts';

const parse = (document: unknown, kind: PolicyKind = 'identity') =>
  parsePolicy({ state: 'present', name: 'p', document }, kind);
const around = (...Statement: readonly unknown[]) => ({ Version: '2012-10-17', Statement });

test('reads text and lists of one alike', () => {
  expect(parse(JSON.stringify({ Version: '2012-10-17', Statement: mount }))).toEqual(
    parse(around({ ...mount, Action: [mount.Action] })),
  );
});

test('numbers and booleans of conditions become text', () => {
  const parsed = parse(
    around({ ...mount, Condition: { Bool: { 'aws:SecureTransport': true }, NumericEquals: { 'a:b': [1] } } }),
  );
  expect(parsed.state === 'parsed' && parsed.statements[0]?.conditions).toEqual([
    { operator: 'Bool', key: 'aws:SecureTransport', values: ['true'] },
    { operator: 'NumericEquals', key: 'a:b', values: ['1'] },
  ]);
});

test('a statement without Sid is called by its place', () => {
  const parsed = parse(around(mount, { ...mount, Sid: '' }, { ...mount, Sid: 'Third' }));
  expect(parsed.state === 'parsed' && parsed.statements.map((each) => each.id)).toEqual(['#1', '#2', 'Third']);
});

test.each<[string, unknown, PolicyKind, string]>([
  ['text that is no JSON', '{', 'identity', 'not JSON'],
  ['a list', [], 'identity', 'the policy is no object'],
  ['nothing', null, 'identity', 'the policy is no object'],
  ['an unknown version', { ...around(mount), Version: '2020-01-01' }, 'identity', 'unknown Version 2020-01-01'],
  ['no statement', { Version: '2012-10-17' }, 'identity', 'no Statement'],
  ['text as statement', around('Allow'), 'identity', 'statement 1 is no object'],
  ['an effect in the wrong case', around({ ...mount, Effect: 'allow' }), 'identity', '#1 has no Effect'],
  ['no action', around({ Effect: 'Allow', Resource: '*' }), 'identity', 'no Action in #1'],
  ['an empty action', around({ ...mount, Action: [] }), 'identity', '#1 Action is empty'],
  ['a number as action', around({ ...mount, Action: 1 }), 'identity', '#1 Action holds something else than text'],
  ['Action and NotAction', around({ ...mount, NotAction: '*' }), 'identity', '#1 has Action and NotAction'],
  ['no resource', around({ Effect: 'Allow', Action: '*' }), 'identity', 'no Resource in #1'],
  ['Resource and NotResource', around({ ...mount, NotResource: '*' }), 'identity', '#1 has Resource and NotResource'],
  ['a misspelled element', around({ ...mount, Conditions: {} }), 'identity', '#1 has an element Conditions'],
  ['a principal in an identity policy', around(mountFor('*')), 'identity', 'only a resource policy may have'],
  ['a principal in a boundary', around(mountFor('*')), 'boundary', 'only a resource policy may have'],
  ['no principal in a file-system policy', around(mount), 'file-system', 'no Principal in #1'],
  ['an ARN as principal', around(mountFor(fileSystemArn)), 'file-system', '#1 Principal is no object'],
  ['a list as condition', around({ ...mount, Condition: [] }), 'identity', '#1 Condition is no object'],
  [
    'an object as condition value',
    around({ ...mount, Condition: { Bool: { a: {} } } }),
    'identity',
    '#1 a holds something else',
  ],
])('malformed, so unknown: %s', (_what, document, kind, why) => {
  expect(parse(document, kind)).toMatchObject({
    state: 'unknown',
    kind,
    name: 'p',
    why: expect.stringContaining(`malformed policy: `),
  });
  expect(parse(document, kind)).toMatchObject({ why: expect.stringContaining(why) });
});
