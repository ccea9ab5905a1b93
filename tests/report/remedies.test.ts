import type { Finding } from '../../lib/domain/finding.ts';
import { lookCommand } from '../../lib/report/alert/look.ts';
import { remedyCommands } from '../../lib/report/alert/remedy-commands.ts';
import { spoken, whoIs } from '../../lib/report/alert/who.ts';
import { ACCESS_POINT, FILE_SYSTEM, TARGET_GROUP } from '../plan/sample-actions.ts';
import { GRANT_MISSING, NO_MOUNT_TARGET, NO_POLICY, POLICY_DENIES, SERVICE } from './samples.ts';

const about = { fileSystemId: FILE_SYSTEM, region: 'eu-west-1' };

test('a missing mount target comes with the whole command, with the groups that the others have', () => {
  const command = `aws efs create-mount-target --file-system-id ${FILE_SYSTEM} --subnet-id subnet-0aaa0123456789abc`;
  expect(remedyCommands(NO_MOUNT_TARGET, about)).toEqual([
    `${command} --security-groups ${TARGET_GROUP} --region eu-west-1`,
  ]);
  const { groupsOfOthers: _, ...alone } = NO_MOUNT_TARGET.evidence;
  expect(remedyCommands({ ...NO_MOUNT_TARGET, evidence: alone }, about)).toEqual([
    `${command} --security-groups '<security group that admits the tasks on TCP 2049>' --region eu-west-1`,
  ]);
});

test('only the DNS attribute that is off is turned on', () => {
  const finding: Finding = {
    code: 'vpc-dns-off',
    subject: 'vpc-0123456789abcdef0',
    evidence: { enableDnsSupport: 'true', enableDnsHostnames: 'false' },
  };
  expect(remedyCommands(finding, about)).toEqual([
    'aws ec2 modify-vpc-attribute --vpc-id vpc-0123456789abcdef0 --enable-dns-hostnames Value=true --region eu-west-1',
  ]);
});

test('the offered policy is put with one command, without the sentence about it', () => {
  expect(remedyCommands(NO_POLICY, about)).toEqual([
    `aws efs put-file-system-policy --file-system-id ${FILE_SYSTEM} --policy '{"Version":"2012-10-17","Statement":[]}' --region eu-west-1`,
  ]);
});

test('an offer that holds no policy gives no command', () => {
  expect(remedyCommands({ ...NO_POLICY, evidence: { offered: 'none' } }, about)).toEqual([]);
});

test.each([
  [POLICY_DENIES, `aws efs describe-file-system-policy --file-system-id ${FILE_SYSTEM} --region eu-west-1`],
  [GRANT_MISSING, 'aws iam list-role-policies --role-name shop-task'],
  [
    { code: 'rule-quota-near', subject: TARGET_GROUP, evidence: {} } as const,
    `aws ec2 describe-security-group-rules --filters Name=group-id,Values=${TARGET_GROUP} --region eu-west-1`,
  ],
  [
    { code: 'access-point-missing', subject: ACCESS_POINT, evidence: {} } as const,
    `aws efs describe-access-points --access-point-id ${ACCESS_POINT} --region eu-west-1`,
  ],
  [{ code: 'other-volume-fails', subject: '$(reboot)', evidence: {} } as const, undefined],
])('%o is looked at with its own command', (finding, command) => {
  expect(lookCommand(finding, about)).toBe(command);
});

test.each([
  [SERVICE, 'Service shop-api', 'prod'],
  ['arn:aws:ecs:eu-west-1:111122223333:cluster/prod service:shop-api', 'Service shop-api', 'prod'],
  ['service:shop-api', 'Service shop-api', undefined],
  ['family:shop', 'Tasks of family shop', undefined],
  ['arn:aws:ecs:eu-west-1:111122223333:task/prod/0123456789abcdef', 'Task 0123456789abcdef', 'prod'],
  [FILE_SYSTEM, `File system ${FILE_SYSTEM}`, undefined],
  ['arn:aws:iam::111122223333:role/app/shop-task', 'Role shop-task', undefined],
  ['something else', 'something else', undefined],
])('%s is spoken of as %s', (thing, name, cluster) => {
  expect([spoken(whoIs(thing)), whoIs(thing).cluster]).toEqual([name, cluster]);
});
