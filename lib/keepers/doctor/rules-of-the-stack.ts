import type { ActionKind } from '../../domain/action.ts';

/** What calls Mountkeeper, as the framework names the rules; a test holds this to functions/. */
export const RULES_OF_THE_STACK: readonly string[] = [
  ...rulesOf('drift', 4),
  ...rulesOf('provision', 2),
  ...rulesOf('remediate', 1),
  ...rulesOf('sweep', 1),
  ...rulesOf('throughput', 1),
];

function rulesOf(keeper: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_none, index) => `mountkeeper-${keeper}-rule-${index + 1}`);
}

const REPAIRS = ['authorize-ingress', 'authorize-egress', 'put-role-policy', 'update-service'] as const;
const PROVISIONING = ['create-access-point', 'register-revision', 'publish-volume'] as const;

/** The changes that each function makes, and so what its role must allow; a test holds this to the keepers. */
export const CHANGES_OF: Readonly<Record<string, readonly ActionKind[]>> = {
  provision: [...REPAIRS, ...PROVISIONING],
  remediate: REPAIRS,
  drift: [...REPAIRS, ...PROVISIONING, 'revoke-rule'],
  sweep: [...REPAIRS, ...PROVISIONING, 'revoke-rule'],
  throughput: ['update-throughput'],
  revert: [
    ...REPAIRS,
    'revoke-rule',
    'delete-role-policy',
    'delete-access-point',
    'publish-volume',
    'update-throughput',
  ],
};

/** What EventBridge could not hand over, and what a function could not finish. */
export const QUEUES = { undelivered: 'mountkeeper-undelivered', failed: 'mountkeeper-failed' } as const;

export const PARAMETERS = { installation: '/mountkeeper/installation', settings: '/mountkeeper/settings' } as const;
