import { runSimulation } from '@cloud-copilot/iam-simulate';
import { evaluateClientAccess } from '../../../lib/diagnosis/policy/evaluate.ts';
import type { ClientAction } from '../../../lib/diagnosis/policy/types.ts';

export const fileSystemArn = 'arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-0123456789abcdef0';
export const otherFileSystemArn = fileSystemArn.replace('fs-0123456789abcdef0', 'fs-0fedcba9876543210');
export const roleArn = 'arn:aws:iam::111122223333:role/billing-task';
const sessionName = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';

export function accessPointArn(number: number): string {
  const id = number.toString(16).padStart(17, '0');
  return `arn:aws:elasticfilesystem:eu-west-1:111122223333:access-point/fsap-${id}`;
}

export interface Mount {
  readonly fileSystemArn?: string;
  readonly accessPointArn?: string | undefined;
  readonly secureTransport?: boolean;
}

/** An owner's policy that lets nobody in without a grant, and nobody without TLS. */
export const closedPolicy = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 'elasticfilesystem:Client*',
      Resource: '*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ],
};

const short = ['Mount', 'Write', 'RootAccess'] as const;

/** The actions allowed to the task role, by our evaluator and by the independent one; throws where they differ. */
export async function allowed(
  document: unknown,
  mount: Mount,
  fileSystemPolicy: object = closedPolicy,
): Promise<string> {
  const [mine, theirs] = [
    ours(document, mount, fileSystemPolicy),
    await independent(document, mount, fileSystemPolicy),
  ];
  if (mine !== theirs) throw new Error(`ours: ${mine}; the independent evaluator: ${theirs}`);
  return mine;
}

function ours(document: unknown, mount: Mount, fileSystemPolicy: object): string {
  const access = evaluateClientAccess({
    request: {
      fileSystemArn: mount.fileSystemArn ?? fileSystemArn,
      principal: { kind: 'role', arn: roleArn, sessionName },
      secureTransport: mount.secureTransport ?? true,
      ...(mount.accessPointArn !== undefined && { accessPointArn: mount.accessPointArn }),
    },
    identity: [{ state: 'present', name: 'mountkeeper-fs-0123456789abcdef0', document }],
    fileSystemPolicy: { state: 'present', name: 'file-system policy', document: fileSystemPolicy },
  });
  return short
    .filter((each) => access[`elasticfilesystem:Client${each}` as ClientAction].decision === 'allowed')
    .join(' ');
}

async function independent(document: unknown, mount: Mount, fileSystemPolicy: object): Promise<string> {
  const resource = mount.fileSystemArn ?? fileSystemArn;
  const results = short.map(async (each) => {
    const result = await runSimulation(
      {
        request: {
          principal: `arn:aws:sts::111122223333:assumed-role/billing-task/${sessionName}`,
          action: `elasticfilesystem:Client${each}`,
          resource: { resource, accountId: '111122223333' },
          contextVariables: {
            'aws:SecureTransport': String(mount.secureTransport ?? true),
            'elasticfilesystem:AccessedViaMountTarget': 'true',
            ...(mount.accessPointArn !== undefined && { 'elasticfilesystem:AccessPointArn': mount.accessPointArn }),
          },
        },
        identityPolicies: [{ name: 'grant', policy: document }],
        serviceControlPolicies: [],
        resourceControlPolicies: [],
        resourcePolicy: fileSystemPolicy,
      },
      {},
    );
    if (result.resultType === 'error') throw new Error(JSON.stringify(result.errors));
    return result.overallResult === 'Allowed' ? [each] : [];
  });
  return (await Promise.all(results)).flat().join(' ');
}
