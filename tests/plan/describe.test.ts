import { type Description, lineOf } from '../../lib/plan/describe/description.ts';
import { quote } from '../../lib/plan/describe/shell.ts';
import { describeAction } from '../../lib/plan/describe.ts';
import { expectGolden } from '../golden.ts';
import { ACTIONS, grant, KINDS, MADE } from './sample-actions.ts';

function page(title: string, description: Description): string {
  const undoing = description.undo.command ?? (description.undo as { cannot: string }).cannot;
  return [
    `## ${title}`,
    lineOf(description),
    ...description.detail.map((line) => `    ${line}`),
    `by hand: ${description.byHand}`,
    `undo:    ${undoing}`,
    `check:   ${description.check}`,
    '',
  ].join('\n');
}

test('every kind of change has its line, its detail and its commands, before and after it is done', () => {
  const pages = KINDS.flatMap((kind) => [
    page(`${kind}, planned`, describeAction(ACTIONS[kind])),
    page(`${kind}, done`, describeAction(ACTIONS[kind], { made: MADE[kind], region: 'eu-west-1' })),
  ]);
  expectGolden('plan/describe.txt', pages.join('\n'));
});

test('an ingress rule reads as in a plan of Terraform', () => {
  expect(lineOf(describeAction(ACTIONS['authorize-ingress']))).toBe(
    '+ sg-0aaa0123456789abc  ingress rule  TCP 2049 from sg-0bbb0123456789abc',
  );
});

test('the first grant on a role adds a policy, the second changes it', () => {
  const first = describeAction({ ...ACTIONS['put-role-policy'], previous: null });
  const second = describeAction(ACTIONS['put-role-policy']);
  expect([first.sign, second.sign]).toEqual(['+', '~']);
  expect([first.undo.command, second.undo.command]).toEqual([
    'aws iam delete-role-policy --role-name shop-task --policy-name mountkeeper-fs-0123456789abcdef0',
    `aws iam put-role-policy --role-name shop-task --policy-name mountkeeper-fs-0123456789abcdef0 --policy-document '${grant('fsap-0aaaaaaaaaaaaaaaa')}'`,
  ]);
});

test('what an earlier step of the plan will make is named in words, never as something a shell expands', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the plan's own way to name what a step makes
  const document = grant('x').replace(/"arn:[^"]*access-point\/x"/, '"${access-point:data:arn}"');
  const { byHand } = describeAction({ ...ACTIONS['put-role-policy'], document });
  expect(byHand).toContain('"<arn of the access point for data>"');
  expect(byHand).not.toContain('$');
});

test('a new revision is described without the values of its environment', () => {
  const text = JSON.stringify(describeAction(ACTIONS['register-revision'], { made: MADE['register-revision'] }));
  expect(text).not.toContain('never-print-this');
  expect(text).not.toContain('EXAMPLE_PASSWORD');
});

test('parameters that were not there before are removed when a publication is taken back', () => {
  const { undo } = describeAction(ACTIONS['publish-volume']);
  expect(undo.command).toBe(
    [
      'aws ssm put-parameter --name /mountkeeper/volumes/shop/data/access-point-id --value fsap-0aaaaaaaaaaaaaaaa --type String --overwrite',
      'aws ssm delete-parameters --names /mountkeeper/volumes/shop/data/file-system-id',
    ].join(' && '),
  );
});

test.each([
  ['plain words stay as they are', 'sg-0aaa:/x.y', 'sg-0aaa:/x.y'],
  ['an empty word stays a word', '', "''"],
  ['nothing is expanded', '$(reboot) `id` "x" !! ;', '\'$(reboot) `id` "x" !! ;\''],
  ['a quote ends and begins again', "it's", String.raw`'it'\''s'`],
  ['a line end or an escape cannot hide a second command', 'a\nb\u001b[2Jc\u202ed', "'a b [2Jc d'"],
])('%s in a command', (_sentence, word, quoted) => {
  expect(quote(word)).toBe(quoted);
});
