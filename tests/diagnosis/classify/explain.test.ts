import { explainLine, explainText } from '../../../lib/cli/explain.ts';
import { classify } from '../../../lib/diagnosis/classify/classify.ts';
import { FAILURE_KIND_NAMES, FAILURE_KINDS } from '../../../lib/diagnosis/failure-kinds.ts';
import { CORPUS, reasonOf } from './corpus.ts';

const TIMED_OUT =
  "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: b'mount.nfs4: Connection timed out' : unsuccessful EFS utils command execution; code: 32";

test('a person reads kind, cause, meaning, what to do and what settles it', () => {
  expect(explainText({ text: TIMED_OUT })).toBe(
    [
      'network-timeout: nothing answers on TCP 2049 (the text says so)',
      'Read from: mount.nfs4: Connection timed out',
      'Meaning: The mount target did not answer: a security group, a network ACL or a route stands between task and EFS.',
      'What to do:',
      "  1. Allow inbound TCP 2049 from the task's security group in the group of the mount target.",
      "  2. Allow outbound TCP 2049 to the mount target's group in the group of the task.",
      '  3. Check network ACLs both ways (with ephemeral ports), and IPv6 rules in dual-stack VPCs.',
      'What settles it:',
      '  - efs describe-mount-target-security-groups, ec2 describe-security-groups (port 2049, both sides)',
      '  - ec2 describe-network-acls and describe-route-tables of both subnets',
      'More: https://docs.aws.amazon.com/efs/latest/ug/troubleshooting-efs-mounting.html#mount-hangs-fails-timeout',
    ].join('\n'),
  );
});

test('words that others print too come with their other reading', () => {
  const lines = explainText({ text: 'mount.nfs: access denied by server while mounting 127.0.0.1:/srv' }).split('\n');
  expect(lines.slice(0, 3)).toEqual([
    'not-efs: not known to be an EFS mount failure (a guess: the same words have other causes, or the text breaks off)',
    'Read from: mount.nfs: access denied by server while mounting 127.0.0.1:/srv',
    'In a task with an EFS volume the same words mean access-denied-iam: EFS denies the mount.',
  ]);
});

test.each([
  ["b'mount.nfs4: mount system call failed'", 'guess'],
  [
    "Mount attempt 1/3 failed due to timeout after 15 sec, wait 0 sec before next attempt. b'mount.nfs4: mount system call failed'",
    'text',
  ],
  ["b'mount.nfs4: Connection timed out'", 'text'],
])('an I/O error alone is a guess, after time-outs it is none: %s', (text, certainty) => {
  const { kind, certainty: read } = classify({ text });
  expect([kind, read]).toEqual(['network-timeout', certainty]);
});

test('words that others print too are not said to be about something else', () => {
  const decided = explainText({ text: 'Essential container in task exited' });
  const undecided = explainText({ text: 'mount.nfs4: No such file or directory' });
  const nothing = 'Nothing in this text is about mounting an EFS volume';
  expect([decided.includes(nothing), undecided.includes(nothing)]).toEqual([true, false]);
  expect(undecided).toContain('explain it again with --volumes efs');
});

test('no explanation is longer than 15 lines', () => {
  const longest = Math.max(...CORPUS.map((row) => explainText(reasonOf(row)).split('\n').length));
  expect(longest).toBeLessThanOrEqual(15);
});

test('nobody on Fargate is told to install botocore', () => {
  const told = CORPUS.filter((row) => /install botocore/i.test(explainText(reasonOf(row))));
  expect(told.map(({ id }) => id)).toEqual([]);
});

test('every kind has a title, a meaning, things to do, checks and a page of AWS', () => {
  const bare = FAILURE_KIND_NAMES.filter((kind) => {
    const { title, meaning, whatToDo, settledBy, docs } = FAILURE_KINDS[kind];
    const isWhole = [title, meaning, ...whatToDo, ...settledBy].every((line) => line.length > 10);
    return !(isWhole && whatToDo.length > 0 && settledBy.length > 0 && docs.startsWith('https://docs.aws.amazon.com/'));
  });
  expect([FAILURE_KIND_NAMES.length, bare]).toEqual([18, []]);
});

test('a line of JSON gives a line of JSON', () => {
  const line = JSON.stringify({ id: 'a', text: TIMED_OUT, volumes: ['s3files'], stopCode: null, other: 1 });
  expect(JSON.parse(explainLine(line)?.text ?? '')).toMatchObject({ id: 'a', kind: 'not-efs', certainty: 'context' });
});

test('the lines of the corpus go in as they are', () => {
  const rows = CORPUS.filter(({ needsTaskDefinition }) => !needsTaskDefinition);
  const answers = rows.map((row) => JSON.parse(explainLine(JSON.stringify(row))?.text ?? ''));
  expect(answers.map(({ id, kind }) => [id, kind])).toEqual(rows.map(({ id, kind }) => [id, kind]));
});

test.each([
  ['not json', 'line'],
  ['[1]', 'line'],
  ['null', 'line'],
  ['"text"', 'line'],
  ['{}', 'text'],
  ['{"text": 5}', 'text'],
  ['{"text": null}', 'text'],
  ['{"text": "x", "field": "elsewhere"}', 'field'],
  ['{"text": "x", "stopCode": 1}', 'stopCode'],
  ['{"text": "x", "launchType": {}}', 'launchType'],
  ['{"text": "x", "launchType": "MOON"}', 'launchType'],
  ['{"text": "x", "volumes": "efs"}', 'volumes'],
  ['{"text": "x", "volumes": ["nfs"]}', 'volumes'],
  ['{"text": "x", "containerReasons": [1]}', 'containerReasons'],
  ['{"__proto__": {"text": "x"}, "text": []}', 'text'],
])('the bad line %s names the field %s', (line, field) => {
  const answer = JSON.parse(explainLine(line)?.text ?? '');
  expect({ kind: answer.kind, field: answer.field, named: answer.error.startsWith(`${field}: expected`) }).toEqual({
    kind: null,
    field,
    named: true,
  });
});

test('a bad line is told apart, an empty one says nothing', () => {
  const lines = ['{"text": 5}', '', '   ', '{"text": "Essential container in task exited"}'];
  expect(lines.map((line) => explainLine(line)?.understood)).toEqual([false, undefined, undefined, true]);
});
