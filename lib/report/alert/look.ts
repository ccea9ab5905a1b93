import type { Finding, FindingCode } from '../../domain/finding.ts';
import { aws, nameIn } from '../../plan/describe/shell.ts';
import type { Whereabouts } from './remedy-commands.ts';

type Words = (id: string) => readonly string[];

interface Row {
  readonly pattern: RegExp;
  readonly words: Words;
}

const MOUNT_TARGETS: Words = (id) => ['efs', 'describe-mount-targets', '--file-system-id', id];
const FILE_POLICY: Words = (id) => ['efs', 'describe-file-system-policy', '--file-system-id', id];

/** Findings that are not read off their subject but off the file system. */
const BY_CODE: Partial<Readonly<Record<FindingCode, Words>>> = {
  'no-mount-target-in-vpc': MOUNT_TARGETS,
  'no-mount-target-in-zone': MOUNT_TARGETS,
  'mount-target-not-available': MOUNT_TARGETS,
  'policy-denies': FILE_POLICY,
  'grant-protects-nothing': FILE_POLICY,
};

const DNS = ['--attribute', 'enableDnsHostnames'];

/** How to look at a thing, by the form of its id. */
const BY_ID: readonly Row[] = [
  {
    pattern: /^sg-[0-9a-f]+$/,
    words: (id) => ['ec2', 'describe-security-group-rules', '--filters', `Name=group-id,Values=${id}`],
  },
  { pattern: /^acl-[0-9a-f]+$/, words: (id) => ['ec2', 'describe-network-acls', '--network-acl-ids', id] },
  { pattern: /^vpc-[0-9a-f]+$/, words: (id) => ['ec2', 'describe-vpc-attribute', '--vpc-id', id, ...DNS] },
  { pattern: /^fsmt-[0-9a-f]+$/, words: (id) => ['efs', 'describe-mount-targets', '--mount-target-id', id] },
  { pattern: /^fsap-[0-9a-f]+$/, words: (id) => ['efs', 'describe-access-points', '--access-point-id', id] },
  { pattern: /^fs-[0-9a-f]+$/, words: (id) => ['efs', 'describe-file-systems', '--file-system-id', id] },
  {
    pattern: /^arn:[^:]+:iam::\d+:role\/[\w+=,.@/-]+$/,
    words: (arn) => ['iam', 'list-role-policies', '--role-name', nameIn(arn)],
  },
  {
    pattern: /^arn:[^:]+:ecs:[^:]+:\d+:task-definition\/[\w:-]+$/,
    words: (arn) => ['ecs', 'describe-task-definition', '--task-definition', nameIn(arn)],
  },
];

/** The command that shows what a finding is about; undefined where no one command does. */
export function lookCommand({ code, subject }: Finding, { fileSystemId, region }: Whereabouts): string | undefined {
  const byCode = BY_CODE[code];
  const words = byCode !== undefined && fileSystemId !== undefined ? byCode(fileSystemId) : wordsFor(subject);
  if (words === undefined) return undefined;
  return aws(words, words[0] === 'iam' ? {} : { region });
}

function wordsFor(subject: string): readonly string[] | undefined {
  return BY_ID.find(({ pattern }) => pattern.test(subject))?.words(subject);
}
