import type { MountFacts, VolumeFacts } from '../../diagnosis/mount-facts.ts';
import { seen } from '../../domain/fact.ts';
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
  'no-mount-target-in-zone': createMountTargets,
  'no-mount-target-in-vpc': createMountTargets,
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

const ADMITS_TASKS = '<security group that admits the tasks on TCP 2049>';

/** One mount target a zone, with the groups that the other mount targets of the VPC have. */
function createMountTargets({ evidence }: Finding, { mount, volume, region }: Bench): readonly string[] {
  const asked = new Set((evidence['subnets'] ?? '').split(' '));
  const subnets = mount.places.flatMap(({ subnet }) => {
    const found = seen(subnet);
    return found !== undefined && asked.has(found.id) ? [found] : [];
  });
  const onePerZone = [...new Map(subnets.toReversed().map((subnet) => [subnet.zoneId, subnet])).values()].toReversed();
  return onePerZone.map(({ id, vpcId }) => {
    const words = ['efs', 'create-mount-target', '--file-system-id', volume.efs.fileSystemId, '--subnet-id', id];
    return aws([...words, '--security-groups', ...groupsIn(vpcId, volume)], { region });
  });
}

function groupsIn(vpcId: string, { mountTargets }: VolumeFacts): readonly string[] {
  const there = (seen(mountTargets) ?? []).filter((target) => target.vpcId === vpcId);
  const groups = [...new Set(there.flatMap(({ groupIds }) => seen(groupIds) ?? []))];
  return groups.length === 0 ? [ADMITS_TASKS] : groups;
}

function moveToLatestPlatform(_finding: Finding, { mount, region }: Bench): readonly string[] {
  const { service } = mount;
  if (service === undefined) return [];
  const words = ['ecs', 'update-service', '--cluster', service.clusterArn, '--service', service.name];
  return [aws([...words, '--platform-version', 'LATEST', '--force-new-deployment'], { region })];
}
