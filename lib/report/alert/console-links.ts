import type { Action } from '../../domain/action.ts';
import type { Subject } from '../../domain/plan.ts';
import { nameIn } from '../../plan/describe/shell.ts';
import type { Place } from './input.ts';
import { oneLine } from './safe-text.ts';
import { whoIs } from './who.ts';

const HOSTS: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

export interface Link {
  readonly of: string;
  readonly url: string;
}

/** Pages of the AWS console for the thing in trouble and for what was, or would be, changed. */
export function linksFor(
  self: Place,
  about: { readonly subject: Subject; readonly actions: readonly Action[] },
): readonly Link[] {
  const { subject, actions } = about;
  const links = [
    ...serviceLink(self, subject.thing),
    ...(subject.fileSystemId === undefined ? [] : [fileSystemLink(self, subject.fileSystemId)]),
    ...actions.flatMap((action) => changedLinks(self, action)),
  ];
  return [...new Map(links.map((link) => [link.url, link])).values()].slice(0, 6);
}

function serviceLink(self: Place, thing: string): readonly Link[] {
  const { noun, name, cluster } = whoIs(thing);
  if (noun !== 'Service' || cluster === undefined) return [];
  const path = `ecs/v2/clusters/${part(cluster)}/services/${part(name)}/health`;
  return [{ of: 'Service', url: `${base(self)}/${path}?region=${part(self.region)}` }];
}

function fileSystemLink(self: Place, id: string): Link {
  return { of: 'File system', url: `${base(self)}/efs/home?region=${part(self.region)}#/file-systems/${part(id)}` };
}

function changedLinks(self: Place, action: Action): readonly Link[] {
  if ('groupId' in action) {
    const url = `${base(self)}/ec2/home?region=${part(self.region)}#SecurityGroup:groupId=${part(action.groupId)}`;
    return [{ of: 'Group', url }];
  }
  if (!('roleArn' in action)) return [];
  return [{ of: 'Role', url: `https://${host(self)}/iam/home#/roles/details/${part(nameIn(action.roleArn))}` }];
}

function base(self: Place): string {
  return `https://${part(self.region)}.${host(self)}`;
}

function host({ partition }: Place): string {
  return HOSTS[partition] ?? 'console.aws.amazon.com';
}

/** Also what encodeURIComponent leaves: a bracket would end the link in Markdown. */
function part(text: string): string {
  return encodeURIComponent(oneLine(text)).replaceAll(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
