import type { Account } from '../account.ts';

/** A role that tasks may take. */
export function addRole(account: Account, name: string, keyed: boolean): string {
  const arn = `arn:aws:iam::${account.accountId}:role/${name}`;
  account.state.iam.roles[name] ??= {
    name,
    arn,
    id: account.newId('AROA').replace('-', '').toUpperCase(),
    path: '/',
    createdAtMs: account.clock.nowMs(),
    trustPolicy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    }),
    inlinePolicies: {},
    attachedPolicies: {},
    lingering: [],
    tags: keyed ? [{ Key: 'mountkeeper:allow', Value: 'true' }] : [],
  };
  return arn;
}

export interface Grant {
  readonly fileSystemArn: string;
  readonly accessPointArn?: string;
  readonly actions: readonly string[];
}

/** An inline policy that went everywhere long ago. */
export function grant(account: Account, roleName: string, { fileSystemArn, accessPointArn, actions }: Grant): void {
  const role = account.state.iam.roles[roleName];
  if (role === undefined) throw new Error(`simulated account: no role ${roleName}`);
  const statement = {
    Effect: 'Allow',
    Action: actions.map((action) => `elasticfilesystem:${action}`),
    Resource: fileSystemArn,
    ...(accessPointArn && { Condition: { ArnEquals: { 'elasticfilesystem:AccessPointArn': accessPointArn } } }),
  };
  const document = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  role.inlinePolicies['efs'] = { document, effectiveFromMs: 0 };
}
