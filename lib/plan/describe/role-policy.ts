import type { DeleteRolePolicy, PutRolePolicy } from '../../domain/action.ts';
import type { Description } from './description.ts';
import { aws, named } from './shell.ts';

export function describePutPolicy(action: PutRolePolicy): Description {
  const { previous, document, fileSystemId, family } = action;
  return {
    sign: previous === null ? '+' : '~',
    thing: `role ${action.roleName}`,
    part: `inline policy ${action.policyName}`,
    change: `mount rights on ${fileSystemId}`,
    detail: [`for family ${family}`, ...statementChanges(previous, document)],
    byHand: putCommand(action, document),
    undo: { command: previous === null ? deleteCommand(action) : putCommand(action, previous) },
    check: getCommand(action),
  };
}

export function describeDeletePolicy(action: DeleteRolePolicy): Description {
  return {
    sign: '-',
    thing: `role ${action.roleName}`,
    part: `inline policy ${action.policyName}`,
    change: `mount rights on ${action.fileSystemId}`,
    detail: [`for family ${action.family}`, ...statementChanges(action.previous, null)],
    byHand: deleteCommand(action),
    undo: { command: putCommand(action, action.previous) },
    check: getCommand(action),
  };
}

type Named = Pick<PutRolePolicy, 'roleName' | 'policyName'>;

function policyWords(action: Named): readonly string[] {
  return ['--role-name', action.roleName, '--policy-name', action.policyName];
}

// IAM is global, so none of these takes a Region.
function putCommand(action: Named, document: string): string {
  return aws(['iam', 'put-role-policy', ...policyWords(action), '--policy-document', compact(document)]);
}

function deleteCommand(action: Named): string {
  return aws(['iam', 'delete-role-policy', ...policyWords(action)]);
}

function getCommand(action: Named): string {
  return aws(['iam', 'get-role-policy', ...policyWords(action)]);
}

/** The statements that come and go, those that stay counted. */
function statementChanges(before: string | null, after: string | null): readonly string[] {
  const old = statementsOf(before);
  const fresh = statementsOf(after);
  const added = fresh.filter((line) => !old.includes(line)).map((line) => `+ ${line}`);
  const removed = old.filter((line) => !fresh.includes(line)).map((line) => `- ${line}`);
  const kept = fresh.filter((line) => old.includes(line)).length;
  return [...added, ...removed, ...(kept === 0 ? [] : [`  ${kept} more statement${kept === 1 ? '' : 's'} as before`])];
}

function statementsOf(document: string | null): readonly string[] {
  if (document === null) return [];
  const policy = parsed(document);
  if (!isRecord(policy)) return ['a text that is no JSON'];
  return asList(policy['Statement']).filter(isRecord).map(statementLine);
}

function statementLine(statement: Readonly<Record<string, unknown>>): string {
  const actions = texts(statement['Action']).map((action) => action.replace('elasticfilesystem:', ''));
  const through = accessPointsIn(statement['Condition']).map((arn) => `through ${arn.replace(/^arn:.*\//, '')}`);
  return named([String(statement['Effect']), actions.join(', '), ...through].join(' '));
}

function accessPointsIn(condition: unknown): readonly string[] {
  if (!isRecord(condition)) return [];
  return Object.values(condition)
    .filter(isRecord)
    .flatMap((keys) => texts(keys['elasticfilesystem:AccessPointArn']));
}

function compact(document: string): string {
  const policy = parsed(document);
  return policy === undefined ? document : JSON.stringify(policy);
}

function parsed(document: string): unknown {
  try {
    return JSON.parse(document);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function texts(value: unknown): readonly string[] {
  return asList(value).filter((item): item is string => typeof item === 'string');
}
