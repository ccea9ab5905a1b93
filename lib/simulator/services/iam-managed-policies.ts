import type { SimPolicy } from '../iam-state.ts';

const ACTIONS = {
  AmazonElasticFileSystemClientReadOnlyAccess: ['ClientMount'],
  AmazonElasticFileSystemClientReadWriteAccess: ['ClientMount', 'ClientWrite'],
  AmazonElasticFileSystemClientFullAccess: ['ClientMount', 'ClientRootAccess', 'ClientWrite'],
} as const;

function document(actions: readonly string[]): string {
  const Action = [...actions.map((action) => `elasticfilesystem:${action}`), 'elasticfilesystem:DescribeMountTargets'];
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
}

/** The three AWS managed policies for EFS clients: any file system, no condition. */
export function managedPolicies(): Record<string, SimPolicy> {
  return Object.fromEntries(
    Object.entries(ACTIONS).map(([name, actions]) => {
      const arn = `arn:aws:iam::aws:policy/${name}`;
      return [arn, { arn, name, path: '/', defaultVersionId: 'v1', versions: { v1: document(actions) } }];
    }),
  );
}
