import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { TAGGING_FUNCTIONS } from '../../lib/plan/tag-protection.ts';
import { run } from './on-memory.ts';

const GIVEN = '--account 111122223333 --region eu-west-1 --owner arn:aws:iam::111122223333:role/storage-admin';

const command = (words: string) => run(['tag-protection', ...words.split(' ')]);

interface Policy {
  readonly Statement: readonly {
    readonly Sid: string;
    readonly Condition: { readonly ArnNotLike: { readonly 'aws:PrincipalArn': readonly string[] } };
  }[];
}

test('the policy goes to stdout, with the roles by their whole names', async () => {
  const { exitCode, data, talk } = await command(`${GIVEN} --deployer arn:aws:iam::111122223333:role/ci-deploy`);
  expect({ exitCode, talk }).toEqual({ exitCode: 0, talk: '' });
  const trusted = (JSON.parse(data) as Policy).Statement.map(
    ({ Condition }) => Condition.ArnNotLike['aws:PrincipalArn'],
  );
  const own = TAGGING_FUNCTIONS.map((name) => `arn:aws:iam::111122223333:role/mountkeeper-${name}-eu-west-1`);
  const [owner, deployer] = ['storage-admin', 'ci-deploy'].map((name) => `arn:aws:iam::111122223333:role/${name}`);
  expect(trusted).toEqual([
    [...own, owner],
    [...own, owner, deployer],
  ]);
});

test('the functions of the policy are those whose role may tag', () => {
  const root = resolve(__dirname, '..', '..', 'functions');
  const tags = /ec2:CreateTags|elasticfilesystem:TagResource|ecs:TagResource/;
  const tagging = readdirSync(root).filter((name) => tags.test(readFileSync(join(root, name, 'role.yml'), 'utf8')));
  expect(tagging.toSorted()).toEqual(TAGGING_FUNCTIONS);
});

test.each([
  [GIVEN.replace('111122223333 ', 'mine '), '--account is "mine"; expected 12 digits.'],
  [GIVEN.replace('eu-west-1', 'Ireland'), '--region is "Ireland"; expected a Region such as eu-west-1.'],
  [GIVEN.replace('role/', 'user/'), '--owner is "arn:aws:iam::111122223333:user/storage-admin"; expected the ARN'],
  [GIVEN.replace(/--owner.*/, ''), "required option '--owner <arn...>' not specified"],
  [
    `${GIVEN.replace('eu-west-1', 'eu-west-1 eu-west-2 eu-west-3 us-east-1 us-east-2 us-west-1 us-west-2')}`,
    'and AWS takes 5120. Print one for each account',
  ],
])('tag-protection %s is refused', async (words, message) => {
  const { exitCode, data, talk } = await command(words.trim());
  expect({ exitCode, data }).toEqual({ exitCode: 2, data: '' });
  expect(talk).toContain(message);
});
