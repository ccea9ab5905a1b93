import type { Action, ActionKind } from './action.ts';
import { fingerprint } from './fingerprint.ts';
import type { Step } from './plan.ts';

/** Which of its owner's keys a change needs, besides the opt-in of the family. */
export type Key =
  | 'group-allow'
  | 'role-allow'
  | 'file-system-allow'
  | 'managed'
  | 'throughput-auto'
  | 'service-deploy'
  | 'none';

/** Which hourly budget a change is taken from. Undoing is free: it must never be held back by a budget. */
export type BudgetName = 'repairs' | 'provisioning' | 'none';

export interface Traits<A extends Action> {
  readonly risk: 'low' | 'medium' | 'high';
  readonly reversible: boolean;
  /** IAM actions of the write itself: serverless.yml is tested against them, both ways. */
  readonly permissions: readonly string[];
  readonly key: Key;
  /** Whether the storage owner's `mountkeeper:allow` must name the family too. */
  readonly needsFileSystemKey: boolean;
  readonly budget: BudgetName;
  /** Held back as soon as any step before it in the plan is: it would make people depend on what is not there. */
  readonly needsAllBefore: boolean;
  /** The id or ARN of what is changed. */
  readonly resource: (action: A) => string;
  /** What tells this change of the resource from another one of the same kind. */
  readonly detail: (action: A) => string;
}

type TraitsTable = { readonly [K in ActionKind]: Traits<Extract<Action, { kind: K }>> };

const OPENING = { key: 'group-allow', needsFileSystemKey: true, budget: 'repairs', needsAllBefore: false } as const;
const GRANTING = { key: 'role-allow', budget: 'repairs', needsAllBefore: false } as const;

export const ACTION_TRAITS: TraitsTable = {
  'authorize-ingress': {
    ...OPENING,
    risk: 'medium',
    reversible: true,
    permissions: ['ec2:AuthorizeSecurityGroupIngress', 'ec2:CreateTags'],
    resource: (action) => action.groupId,
    detail: (action) => action.sourceGroupId,
  },
  'authorize-egress': {
    ...OPENING,
    risk: 'low',
    reversible: true,
    permissions: ['ec2:AuthorizeSecurityGroupEgress', 'ec2:CreateTags'],
    resource: (action) => action.groupId,
    detail: (action) => action.targetGroupId,
  },
  'revoke-rule': {
    key: 'group-allow',
    needsFileSystemKey: false,
    budget: 'none',
    needsAllBefore: false,
    risk: 'medium',
    reversible: true,
    permissions: ['ec2:RevokeSecurityGroupIngress', 'ec2:RevokeSecurityGroupEgress'],
    resource: (action) => action.groupId,
    detail: (action) => action.ruleId,
  },
  'put-role-policy': {
    ...GRANTING,
    needsFileSystemKey: true,
    risk: 'high',
    reversible: true,
    permissions: ['iam:PutRolePolicy'],
    resource: (action) => action.roleArn,
    detail: (action) => fingerprint(action.document),
  },
  'delete-role-policy': {
    ...GRANTING,
    budget: 'none',
    needsFileSystemKey: false,
    risk: 'high',
    reversible: true,
    permissions: ['iam:DeleteRolePolicy'],
    resource: (action) => action.roleArn,
    detail: (action) => action.policyName,
  },
  'create-access-point': {
    key: 'file-system-allow',
    needsFileSystemKey: true,
    budget: 'provisioning',
    needsAllBefore: false,
    risk: 'medium',
    reversible: true,
    permissions: ['elasticfilesystem:CreateAccessPoint', 'elasticfilesystem:TagResource'],
    resource: (action) => action.fileSystemId,
    // Not the token: it is another one each time, and then the breaker would never open.
    detail: (action) => `${action.volume} ${action.path}`,
  },
  'delete-access-point': {
    key: 'managed',
    needsFileSystemKey: false,
    budget: 'none',
    needsAllBefore: false,
    risk: 'high',
    reversible: false,
    permissions: ['elasticfilesystem:DeleteAccessPoint'],
    resource: (action) => action.accessPointId,
    detail: (action) => action.fileSystemId,
  },
  'register-revision': {
    key: 'none',
    needsFileSystemKey: false,
    budget: 'provisioning',
    needsAllBefore: true,
    risk: 'medium',
    reversible: false,
    permissions: ['ecs:RegisterTaskDefinition', 'ecs:TagResource', 'iam:PassRole'],
    resource: (action) => action.family,
    // A later revision of the team's is a new wish, though it may ask for the same wiring.
    detail: (action) => `${action.specHash} from ${action.sourceRevision}`,
  },
  'update-service': {
    key: 'service-deploy',
    needsFileSystemKey: false,
    budget: 'repairs',
    needsAllBefore: true,
    risk: 'medium',
    reversible: true,
    permissions: ['ecs:UpdateService'],
    resource: (action) => action.serviceArn,
    // Each deployment of the team's is a wish of its own, though all are moves to "the revision that was just wired".
    detail: ({ taskDefinition, previousTaskDefinition }) =>
      taskDefinition === undefined ? 'again' : `${taskDefinition} from ${previousTaskDefinition}`,
  },
  'publish-volume': {
    key: 'none',
    needsFileSystemKey: false,
    budget: 'provisioning',
    needsAllBefore: true,
    risk: 'low',
    reversible: true,
    permissions: ['ssm:PutParameter'],
    resource: (action) => `${action.family}/${action.volume}`,
    detail: (action) => fingerprint(JSON.stringify(action.parameters)),
  },
  'update-throughput': {
    key: 'throughput-auto',
    needsFileSystemKey: false,
    // The policy has bounds of its own: AWS's lock, dollars a month, and it backs off from whoever undoes it. An hour's
    // wait for a count of changes would be an hour of throttling.
    budget: 'none',
    needsAllBefore: false,
    risk: 'medium',
    reversible: true,
    permissions: ['elasticfilesystem:UpdateFileSystem'],
    resource: (action) => action.fileSystemId,
    detail: (action) => `${action.mode} ${action.mibps ?? ''}`,
  },
};

/** The traits of any action; the table's rows are typed by kind, a caller's action is not. */
export function traitsOf<A extends Action>(action: A): Traits<A> {
  return ACTION_TRAITS[action.kind] as unknown as Traits<A>;
}

/** One family leaves half of each budget to the others, however many volumes it names. */
export function shareOf(limit: number): number {
  return Math.ceil(limit / 2);
}

/** Which hourly budget a step spends. */
export function budgetOf({ action, firstTime }: Pick<Step, 'action' | 'firstTime'>): BudgetName {
  const { budget } = traitsOf(action);
  return firstTime && budget === 'repairs' ? 'provisioning' : budget;
}

export function resourceOf(action: Action): string {
  return traitsOf(action).resource(action);
}

export function familyOf(action: Action): string | undefined {
  return 'family' in action ? action.family : undefined;
}

export function fileSystemOf(action: Action): string | undefined {
  return 'fileSystemId' in action ? action.fileSystemId : undefined;
}

/** What a change wants to be true: the name under which a reverted change is held and a breaker counts. */
export function wishOf(action: Action): string {
  return [
    action.kind,
    familyOf(action) ?? '-',
    resourceOf(action),
    fileSystemOf(action) ?? '-',
    traitsOf(action).detail(action),
  ].join(' ');
}
