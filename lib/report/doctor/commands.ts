import type { MountFacts, VolumeFacts } from '../../diagnosis/mount-facts.ts';
import type { Finding, FindingCode } from '../../domain/finding.ts';
import { aws } from '../../plan/describe/shell.ts';
import { lookCommand } from '../alert/look.ts';
import { remedyCommands } from '../alert/remedy-commands.ts';
import { aclCommands } from './acl-commands.ts';
import { editCommand } from './edits.ts';

export interface Bench {
  readonly mount: MountFacts;
  readonly volume: VolumeFacts;
  readonly region: string;
}

type Commands = (finding: Finding, bench: Bench) => readonly string[];

/** Commands that need more than the finding itself to be whole. */
const COMMANDS: Partial<Readonly<Record<FindingCode, Commands>>> = {
  'network-acl-blocks': aclCommands,
  'network-acl-partial': aclCommands,
  'platform-too-old': moveToLatestPlatform,
  'burst-credits-empty': ({ subject }, { region }) => [
    aws(['efs', 'update-file-system', '--file-system-id', subject, '--throughput-mode', 'elastic'], { region }),
  ],
  'rule-quota-near': (_finding, { region }) => [
    aws(['service-quotas', 'get-service-quota', '--service-code', 'vpc', '--quota-code', 'L-0EA8095F'], { region }),
  ],
};

/** The exact commands that mend a finding; where the mending is a decision, the command that shows what it is about. */
export function commandsFor(finding: Finding, bench: Bench): readonly string[] {
  const { mount, volume, region } = bench;
  const own = COMMANDS[finding.code]?.(finding, bench) ?? [];
  if (own.length > 0) return own;
  const edit = editCommand(finding.code, { taskDefinition: mount.taskDefinition, volume: volume.name, region });
  if (edit !== undefined) return [edit];
  const about = { fileSystemId: volume.efs.fileSystemId, region };
  const remedies = remedyCommands(finding, about);
  if (remedies.length > 0) return remedies;
  const look = lookCommand(finding, about);
  return look === undefined ? [] : [look];
}

function moveToLatestPlatform(_finding: Finding, { mount, region }: Bench): readonly string[] {
  const { service } = mount;
  if (service === undefined) return [];
  const words = ['ecs', 'update-service', '--cluster', service.clusterArn, '--service', service.name];
  return [aws([...words, '--platform-version', 'LATEST', '--force-new-deployment'], { region })];
}
