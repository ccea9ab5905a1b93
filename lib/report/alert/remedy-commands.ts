import type { Finding, FindingCode } from '../../domain/finding.ts';
import { aws } from '../../plan/describe/shell.ts';

/** Where the finding is: what its commands need besides its own words. */
export interface Whereabouts {
  readonly fileSystemId: string | undefined;
  readonly region: string;
}

type Commands = (finding: Finding, about: Whereabouts) => readonly string[];

/** Changes for a person that Mountkeeper never makes itself. */
const REMEDIES: Partial<Readonly<Record<FindingCode, Commands>>> = {
  'no-mount-target-in-zone': createMountTargets,
  'no-mount-target-in-vpc': createMountTargets,
  'vpc-dns-off': ({ subject, evidence }, { region }) =>
    ['enableDnsSupport', 'enableDnsHostnames']
      .filter((name) => evidence[name] === 'false')
      .map((name) =>
        aws(['ec2', 'modify-vpc-attribute', '--vpc-id', subject, DNS_OPTIONS[name] ?? '', 'Value=true'], { region }),
      ),
  'grant-protects-nothing': ({ evidence }, { fileSystemId, region }) => {
    const policy = policyIn(evidence['offered'] ?? '');
    if (policy === undefined || fileSystemId === undefined) return [];
    const words = ['efs', 'put-file-system-policy', '--file-system-id', fileSystemId, '--policy', policy];
    return [aws(words, { region })];
  },
};

const DNS_OPTIONS: Readonly<Record<string, string>> = {
  enableDnsSupport: '--enable-dns-support',
  enableDnsHostnames: '--enable-dns-hostnames',
};

/** Evidence that a remedy's command already says. */
export const OFFER_EVIDENCE = 'offered';

/** The exact commands of a finding's remedy; none where the remedy is an edit of a task definition or a decision. */
export function remedyCommands(finding: Finding, about: Whereabouts): readonly string[] {
  return REMEDIES[finding.code]?.(finding, about) ?? [];
}

const ADMITS_TASKS = '<security group that admits the tasks on TCP 2049>';

/** One mount target a zone: the finding names a subnet for each. */
function createMountTargets({ evidence }: Finding, { fileSystemId, region }: Whereabouts): readonly string[] {
  const subnets = (evidence['subnets'] ?? '').match(/\bsubnet-[0-9a-f]{8,17}\b/g) ?? [];
  if (fileSystemId === undefined) return [];
  const groups = evidence['groupsOfOthers']?.split(' ') ?? [ADMITS_TASKS];
  return subnets.map((subnet) => {
    const words = ['efs', 'create-mount-target', '--file-system-id', fileSystemId, '--subnet-id', subnet];
    return aws([...words, '--security-groups', ...groups], { region });
  });
}

/** The policy before the sentence about it. */
function policyIn(offer: string): string | undefined {
  const text = offer.slice(0, offer.lastIndexOf('}') + 1);
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return undefined;
  }
}
