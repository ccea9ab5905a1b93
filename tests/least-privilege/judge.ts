import { runSimulation } from '@cloud-copilot/iam-simulate';
import type { Request } from './requests.ts';
import { ACCOUNT_ID, type Statement } from './roles.ts';

const PRINCIPAL = `arn:aws:sts::${ACCOUNT_ID}:assumed-role/mountkeeper-tested/run`;

/** Whether a policy of these statements allows the request, by an evaluator that others wrote. */
export async function allows(statements: readonly Statement[], request: Request): Promise<boolean> {
  // The evaluator reads a policy anew each time; what does not speak of the action cannot allow it.
  const Statement = statements.filter((one) => speaksOf(one, request.action));
  if (Statement.length === 0) return false;
  const result = await runSimulation(
    {
      request: {
        principal: PRINCIPAL,
        action: request.action,
        resource: { resource: request.resource, accountId: accountOf(request.resource) },
        contextVariables: contextOf(request),
      },
      identityPolicies: [{ name: 'role', policy: { Version: '2012-10-17', Statement } }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  if (result.resultType === 'error')
    throw new Error(`${request.action} on ${request.resource}: ${JSON.stringify(result.errors)}`);
  return result.overallResult === 'Allowed';
}

function speaksOf({ Action }: Statement, action: string): boolean {
  return [Action].flat().some((one) => one === action || one.includes('*'));
}

function accountOf(resource: string): string {
  const [, , , , account = ''] = resource.split(':');
  return /^\d{12}$/.test(account) ? account : ACCOUNT_ID;
}

function contextOf({ resource, resourceTags, requestTags, keys }: Request): Record<string, string> {
  return {
    'aws:ResourceAccount': accountOf(resource),
    ...prefixed('aws:ResourceTag/', resourceTags),
    ...prefixed('aws:RequestTag/', requestTags),
    ...keys,
  };
}

function prefixed(prefix: string, tags: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).map(([name, value]) => [`${prefix}${name}`, value]));
}
