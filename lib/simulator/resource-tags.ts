import type { Account } from './account.ts';
import { type LooseTag, tagMap } from './tags.ts';

type Reader = (account: Account, id: string, arn: string) => readonly LooseTag[] | undefined;

function revisionTags(account: Account, id: string): readonly LooseTag[] | undefined {
  const [family = '', revision = ''] = id.split(':');
  return account.state.ecs.taskDefinitions[family]?.revisions[revision]?.tags;
}

/** By the part of the ARN between account and id. */
const READERS: Readonly<Record<string, Reader>> = {
  'elasticfilesystem:file-system': (account, id) => account.state.efs.fileSystems[id]?.tags,
  'elasticfilesystem:access-point': (account, id) => account.state.efs.accessPoints[id]?.tags,
  'ec2:security-group': (account, id) => account.state.ec2.securityGroups[id]?.tags,
  'ec2:vpc': (account, id) => account.state.ec2.vpcs[id]?.tags,
  'ec2:subnet': (account, id) => account.state.ec2.subnets[id]?.tags,
  'iam:role': (account, id) => account.state.iam.roles[id]?.tags,
  'ecs:task-definition': revisionTags,
  'ecs:service': (account, _id, arn) => account.state.ecs.services[arn]?.tags,
  'ecs:cluster': (account, _id, arn) => account.state.ecs.clusters[arn]?.tags,
  'ecs:task': (account, _id, arn) => account.state.ecs.tasks[arn]?.tags,
  'ssm:parameter': (account, _id, arn) => account.state.ssm.parameters[`/${arn.split(':parameter/')[1]}`]?.tags,
  'logs:log-group': (account, _id, arn) => {
    const tags = account.state.logs.groups[arn.split(':log-group:')[1]?.replace(/:\*$/, '') ?? '']?.tags;
    return Object.entries(tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
  },
};

/** The tags of any resource of the account, by ARN; none for what does not exist or has no tags. */
export function tagsOfArn(account: Account, arn: string): Readonly<Record<string, string>> {
  const [, , service, , , ...rest] = arn.split(':');
  const kind = rest[0]?.split('/')[0] ?? '';
  const id = rest.join(':').split('/').at(-1) ?? '';
  return tagMap(READERS[`${service}:${kind}`]?.(account, id, arn) ?? []);
}
