import type { Role } from '../../domain/iam.ts';
import { parseArn, roleNameOf } from '../../domain/ids.ts';
import type { MountFacts } from '../mount-facts.ts';
import { type Hold, hold } from './draft.ts';

const TASKS = 'ecs-tasks.amazonaws.com';
/** IAM user guide, "Service-linked roles": their policies are the service's. */
const SERVICE_LINKED = '/aws-service-role/';

type RoleRow = (facts: MountFacts, role: Role) => Hold | undefined;

/** Why the task's role must not be given a grant by Mountkeeper, whatever its key. */
const ROWS: readonly RoleRow[] = [byOverride, byExecution, byAccount, byPath, byTrust, byBoundary];

export function roleHold(facts: MountFacts): Hold | undefined {
  const { role } = facts;
  if (role?.state === 'absent') return hold('person', 'The task role does not exist.');
  if (role?.state !== 'present') return hold('unknown', `The task role could not be read: ${role?.why ?? 'not read'}`);
  return ROWS.map((row) => row(facts, role.value)).find((one) => one !== undefined);
}

function byOverride({ task, taskDefinition }: MountFacts): Hold | undefined {
  const override = task?.taskRoleOverrideArn;
  if (override === undefined || override === taskDefinition.taskRoleArn) return undefined;
  return hold('person', `The task was started with the role ${override} instead of the one in its task definition.`);
}

function byExecution({ taskDefinition }: MountFacts, { arn }: Role): Hold | undefined {
  if (arn !== taskDefinition.executionRoleArn) return undefined;
  return hold('person', `${arn} is the execution role as well, which many services share. Use a task role of its own.`);
}

function byAccount({ accountId }: MountFacts, { arn }: Role): Hold | undefined {
  const owner = parseArn(arn)?.accountId;
  return owner === accountId ? undefined : hold('person', `${arn} belongs to another account.`);
}

function byPath(_facts: MountFacts, { path, arn }: Role): Hold | undefined {
  return path.startsWith(SERVICE_LINKED) ? hold('person', `${arn} is a service-linked role.`) : undefined;
}

function byTrust(_facts: MountFacts, { trust, arn }: Role): Hold | undefined {
  const services = trustedServices(trust);
  if (services === undefined) return hold('unknown', `The trust policy of ${arn} could not be read.`);
  return services.includes(TASKS) ? undefined : hold('person', `${arn} does not trust ${TASKS}: it is no task role.`);
}

function byBoundary({ requiredBoundaryArn }: MountFacts, { arn, boundaryArn }: Role): Hold | undefined {
  if (requiredBoundaryArn === undefined || boundaryArn === requiredBoundaryArn) return undefined;
  const command = `aws iam put-role-permissions-boundary --role-name ${roleNameOf(arn)} --permissions-boundary ${requiredBoundaryArn}`;
  return hold(
    'key',
    `${arn} does not carry the permissions boundary that this installation asks for. Its owner runs: ${command}`,
  );
}

function trustedServices(trust: string): readonly string[] | undefined {
  const statements = parsed(trust)?.['Statement'];
  if (statements === undefined) return undefined;
  return [statements].flat().flatMap((statement) => {
    if (!isRecord(statement) || statement['Effect'] !== 'Allow' || !isRecord(statement['Principal'])) return [];
    return [statement['Principal']['Service']].flat().map(String);
  });
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
