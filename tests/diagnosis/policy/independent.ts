import { anonymousPrincipal, runSimulation } from '@cloud-copilot/iam-simulate';
import type { Decision } from '../../../lib/diagnosis/policy/types.ts';
import { fileSystemArn } from './clients.ts';
import type { RandomCase } from './random-policies.ts';

const sameWord: Readonly<Record<string, Decision>> = {
  Allowed: 'allowed',
  ExplicitlyDenied: 'denied-explicit',
  ImplicitlyDenied: 'denied-implicit',
};

const listed = (documents: readonly object[]) => documents.map((policy, at) => ({ name: `policy ${at}`, policy }));

/** What @cloud-copilot/iam-simulate decides; a text with its errors where it does not accept a policy. */
export async function independentDecision(one: RandomCase): Promise<string> {
  const { anonymous, boundary, action } = one;
  const result = await runSimulation(
    {
      request: {
        principal: anonymous ? anonymousPrincipal : one.sessionArn,
        action,
        resource: { resource: fileSystemArn, accountId: '111122223333' },
        contextVariables: { ...one.context },
      },
      identityPolicies: anonymous ? [] : listed(one.identity),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: one.fileSystem,
      ...(boundary !== undefined && !anonymous && { permissionBoundaryPolicies: listed([boundary]) }),
    },
    {},
  );
  if (result.resultType === 'error') return JSON.stringify(result.errors);
  return sameWord[result.overallResult] ?? result.overallResult;
}
