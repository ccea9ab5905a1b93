import type { Finding } from '../../lib/domain/finding.ts';
import type { Incident } from '../../lib/domain/incident.ts';
import type { Decision, Outcome, Step, StepOutcome, WithheldStep } from '../../lib/domain/plan.ts';
import { restrain } from '../../lib/plan/restrain.ts';
import type { AlertInput } from '../../lib/report/alert/input.ts';
import { ACCESS_POINT, ACTIONS, FILE_SYSTEM, grant, MADE, TARGET_GROUP, TASK_GROUP } from '../plan/sample-actions.ts';

export const NOW_MS = Date.UTC(2026, 8, 1, 10, 4);
export const SELF = { accountId: '111122223333', region: 'eu-west-1', partition: 'aws' } as const;
export const SERVICE = 'arn:aws:ecs:eu-west-1:111122223333:service/prod/shop-api';
export const SUBJECT = { thing: SERVICE, family: 'shop', fileSystemId: FILE_SYSTEM } as const;

const STOP_REASON =
  "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: b'mount.nfs4: Connection timed out' : unsuccessful EFS utils command execution; code: 32";

export const INGRESS_MISSING: Finding = {
  code: 'security-group-ingress-missing',
  subject: TARGET_GROUP,
  evidence: {
    mountTarget: 'fsmt-0123456789abcdef0 in eu-west-1a',
    'mount target groups': TARGET_GROUP,
    'task groups': TASK_GROUP,
    'stop reason': STOP_REASON,
  },
};

export const GRANT_MISSING: Finding = {
  code: 'grant-missing',
  subject: 'arn:aws:iam::111122223333:role/shop-task',
  evidence: { missing: 'ClientMount, ClientWrite', 'access point': ACCESS_POINT },
};

export const NO_POLICY: Finding = {
  code: 'grant-protects-nothing',
  subject: FILE_SYSTEM,
  evidence: {
    says: 'the file system has no policy: every client that reaches it may do everything',
    offered: '{"Version":"2012-10-17","Statement":[]} (Once this policy is set, only the roles it names can mount.)',
  },
};

export const POLICY_DENIES: Finding = {
  code: 'policy-denies',
  subject: FILE_SYSTEM,
  evidence: {
    statement: 'DenyUnencrypted of the file-system policy',
    denies: 'ClientMount for arn:aws:iam::111122223333:role/shop-task',
  },
};

export const ROOT_DIRECTORY: Finding = {
  code: 'root-directory-with-access-point',
  subject: 'shop:12, volume data',
  evidence: { rootDirectory: '/exports/shop', 'access point': ACCESS_POINT },
};

export const NOT_CHECKED: Finding = {
  code: 'not-checked',
  subject: 'network ACL of subnet-0123456789abcdef0',
  evidence: { why: 'ec2:DescribeNetworkAcls is denied (shared subnet)' },
};

export const CAUSE_NOT_FOUND: Finding = {
  code: 'cause-not-found',
  subject: SERVICE,
  evidence: {
    checked: 'file system, mount targets, security groups, DNS, access point, role, policies, throughput',
    'stop reason': STOP_REASON,
  },
};

export const SLOW_STARTS: Finding = {
  code: 'task-start-slow',
  subject: 'starts:shop',
  evidence: {
    'last tasks': '95 s and 96 s from created to started, image pulls left out',
    before: '31 s (earlier tasks of this family, median of 12)',
  },
};

export const NO_MOUNT_TARGET: Finding = {
  code: 'no-mount-target-in-zone',
  subject: FILE_SYSTEM,
  evidence: {
    zone: 'euw1-az1(eu-west-1a)',
    subnets: 'subnet-0aaa0123456789abc',
    mountTargetsIn: 'euw1-az2(eu-west-1b)',
    groupsOfOthers: TARGET_GROUP,
  },
};

export const APPLICATION_REFUSED: Finding = {
  code: 'application-permission-denied',
  subject: ACCESS_POINT,
  evidence: { volume: 'data', mountedAt: '/var/data', logSays: 'Permission denied' },
};

export const OPEN_INGRESS: Step = {
  action: ACTIONS['authorize-ingress'],
  because: ['security-group-ingress-missing'],
};

export const GRANT: Step = {
  action: { ...ACTIONS['put-role-policy'], document: grant(ACCESS_POINT), previous: null },
  because: ['grant-missing'],
};

export const RESTART: Step = {
  action: {
    kind: 'update-service',
    clusterArn: ACTIONS['update-service'].clusterArn,
    serviceArn: SERVICE,
    family: 'shop',
    previousTaskDefinition: ACTIONS['update-service'].previousTaskDefinition,
    forceNewDeployment: true,
  },
  because: ['security-group-ingress-missing'],
};

export function done(step: Step, changeId = 'mf3k2a10-91c0'): StepOutcome {
  return { step, changeId, result: 'done', made: MADE[step.action.kind] };
}

export function decision(findings: readonly Finding[], changes: Partial<Decision> = {}): Decision {
  return { subject: SUBJECT, findings, plan: { steps: [], withheld: [] }, keyring: {}, ...changes };
}

export function incident(changes: Partial<Incident> = {}): Incident {
  return {
    id: 'inc-1f8q0w7c2hd',
    keeper: 'remediate',
    thing: SERVICE,
    family: 'shop',
    fileSystemId: FILE_SYSTEM,
    zoneName: 'eu-west-1a',
    codes: ['security-group-ingress-missing'],
    severity: 'must-fix',
    firstAtMs: NOW_MS - 2 * 60_000,
    lastAtMs: NOW_MS - 2 * 60_000,
    toldAtMs: NOW_MS,
    count: 1,
    status: 'firing',
    ...changes,
  };
}

export interface Came {
  readonly findings: readonly Finding[];
  readonly steps?: readonly StepOutcome[];
  readonly withheld?: readonly WithheldStep[];
  readonly subject?: Decision['subject'];
}

export function came({ findings, steps = [], withheld = [], subject = SUBJECT }: Came): Outcome {
  return { decision: decision(findings, { subject }), steps, withheld };
}

export function input(outcome: Outcome, changes: Partial<AlertInput> = {}): AlertInput {
  return {
    keeper: 'remediate',
    outcome,
    incident: incident({ codes: outcome.decision.findings.map(({ code }) => code) }),
    status: 'firing',
    mode: 'repair',
    dryRun: false,
    self: SELF,
    nowMs: NOW_MS,
    ...changes,
  };
}

/** What the guards make of the steps where the tags are these: the words of the alert are the guards' own. */
export function withheldBy(
  steps: readonly Step[],
  changes: Partial<Parameters<typeof restrain>[1]> = {},
): readonly WithheldStep[] {
  const open = { state: 'present', value: { 'mountkeeper:allow': 'true' } } as const;
  const plan = restrain(
    { steps, withheld: [] },
    {
      actions: steps.map((step) => step.action.kind),
      mode: 'repair',
      dryRun: false,
      guard: 'strict',
      keyring: {
        [TARGET_GROUP]: open,
        [FILE_SYSTEM]: { state: 'present', value: { 'mountkeeper:allow': 'shop' } },
        [ACTIONS['put-role-policy'].roleArn]: open,
        [SERVICE]: { state: 'present', value: {} },
      },
      held: new Set(),
      spent: new Map(),
      limits: { repairs: 30, provisioning: 300, none: Number.POSITIVE_INFINITY },
      perWishPerHour: 3,
      perWishPerDay: 2,
      ...changes,
    },
  );
  return plan.withheld;
}
