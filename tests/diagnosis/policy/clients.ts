import { evaluateClientAccess } from '../../../lib/diagnosis/policy/evaluate.ts';
import type {
  ActionDecision,
  ClientAccessInput,
  ClientPrincipal,
  PolicyReading,
} from '../../../lib/diagnosis/policy/types.ts';

export const fileSystemArn = 'arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-0123456789abcdef0';
export const accessPointArn = 'arn:aws:elasticfilesystem:eu-west-1:111122223333:access-point/fsap-0123456789abcdef0';
export const otherAccessPointArn = accessPointArn.replace('fsap-0123456789abcdef0', 'fsap-0fedcba9876543210');

export const roleArn = 'arn:aws:iam::111122223333:role/tasks/billing-task';
export const sessionArn = 'arn:aws:sts::111122223333:assumed-role/billing-task/0a1b2c3d4e5f';
export const role = {
  kind: 'role',
  arn: roleArn,
  roleId: 'AROAEXAMPLEBILLING000',
  sessionName: '0a1b2c3d4e5f',
} as const satisfies ClientPrincipal;

export function policy(...statements: readonly object[]): PolicyReading & { readonly state: 'present' } {
  return { state: 'present', name: 'a policy', document: { Version: '2012-10-17', Statement: statements } };
}

export const mount = { Effect: 'Allow', Action: 'elasticfilesystem:ClientMount', Resource: fileSystemArn } as const;
export const mountFor = (Principal: unknown, more: object = {}) => ({ ...mount, Principal, ...more });
/** Names nobody, so that it lets nobody in and takes the default policy out of force. */
export const closed = policy(mountFor({ AWS: '444455556666' }));

interface Case extends Partial<Omit<ClientAccessInput, 'request'>> {
  readonly request?: Partial<ClientAccessInput['request']>;
}

export function mountDecision({ request, ...policies }: Case): ActionDecision {
  const input = {
    request: { fileSystemArn, accessPointArn, principal: role, secureTransport: true, ...request },
    identity: [],
    fileSystemPolicy: closed,
    ...policies,
  };
  return evaluateClientAccess(input)['elasticfilesystem:ClientMount'];
}

export const may = (one: Case) => mountDecision(one).decision;

/** A policy variable: `variable('aws:userid')`. */
export function variable(name: string): string {
  return ['$', '{', name, '}'].join('');
}
