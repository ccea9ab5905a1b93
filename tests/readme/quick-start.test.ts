import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CreateTagsCommand, EC2Client } from '@aws-sdk/client-ec2';
import type { Volume } from '@aws-sdk/client-ecs';
import { EFSClient, TagResourceCommand } from '@aws-sdk/client-efs';
import { IAMClient, TagRoleCommand } from '@aws-sdk/client-iam';
import { runTask } from '../../lib/simulator/run-task.ts';
import { register } from '../scenarios/provision-stage.ts';
import { type Stage, stage } from '../scenarios/stage.ts';

jest.setTimeout(60_000);

const README = readFileSync(resolve(__dirname, '..', '..', 'README.md'), 'utf8');
const FILE_SYSTEM = 'fs-0123456789abcdef0';

interface AppTeam {
  readonly taskRoleArn: string;
  readonly volumes: Volume[];
  readonly tags: { key: string; value: string }[];
}

/** What the quick start for app teams writes into a task definition, for the file system of this account. */
function appTeam(fileSystemId: string): AppTeam {
  const part = README.split('## Quick start for app teams')[1] ?? '';
  const block = /```json\n([\s\S]*?)```/.exec(part)?.[1] ?? '';
  return JSON.parse(block.replaceAll(FILE_SYSTEM, fileSystemId));
}

/** Key and value of the tagging command that holds this word. */
function keyOf(command: string): { readonly Key: string; readonly Value: string } {
  const part = README.split('## Quick start for the platform team')[1] ?? '';
  const line = new RegExp(`aws ${command} .*Key=([\\w:]+),Value="?([^"\\n]+)"?`).exec(part);
  return { Key: line?.[1] ?? '', Value: line?.[2] ?? '' };
}

async function ownersTurnTheirKeys({ account, estate }: Stage): Promise<void> {
  const owner = `arn:aws:iam::${account.accountId}:role/owner`;
  await account
    .client(EFSClient, owner)
    .send(new TagResourceCommand({ ResourceId: estate.fileSystemId, Tags: [keyOf('efs tag-resource')] }));
  await account
    .client(EC2Client, owner)
    .send(new CreateTagsCommand({ Resources: [estate.mountTargetGroupId], Tags: [keyOf('ec2 create-tags')] }));
  await account
    .client(IAMClient, owner)
    .send(new TagRoleCommand({ RoleName: estate.taskRoleName, Tags: [keyOf('iam tag-role')] }));
}

test('the role that the app team names is the one whose owner turns the key', () => {
  expect(README).toContain(`aws iam tag-role --role-name ${appTeam(FILE_SYSTEM).taskRoleArn.split('/').at(-1)} --tags`);
});

test('both quick starts, as they are written, end with a mounted volume under /ecs/shop/data', async () => {
  const at = stage({ name: 'shop', standalone: true, volume: false, keys: false });
  const { account, estate } = at;
  await ownersTurnTheirKeys(at);
  const { volumes, tags } = appTeam(estate.fileSystemId);
  const [first] = Object.values(account.state.ecs.taskDefinitions['shop']?.revisions ?? {});
  const containers = first?.definition.containerDefinitions ?? [];
  const mountPoints = [{ sourceVolume: volumes[0]?.name ?? '', containerPath: '/data' }];
  await register(at, {
    volumes,
    tags,
    containerDefinitions: containers.map((container) => ({ ...container, mountPoints })),
  });
  await account.bus.drain();
  await account.clock.advance(600_000);
  const { mounted } = await runTask(account, {
    cluster: estate.clusterName,
    taskDefinition: 'shop',
    launchType: 'FARGATE',
    subnet: estate.zones[0]?.appSubnetId ?? '',
    securityGroups: [estate.clientGroupId],
  });
  expect(mounted.map(({ path }) => path)).toEqual(['/ecs/shop/data']);
});
