import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { table } from './markdown.ts';

export interface Statement {
  readonly Sid: string;
  readonly Action: string | readonly string[];
  readonly Condition?: unknown;
}

/** Why a function may do what a statement of its role says. */
export const WHY: Readonly<Record<string, string>> = {
  Ledger: 'Leases, journal, incidents, budgets and reservations.',
  ReadLedger: 'What is open, and which families are enrolled.',
  Tell: 'Alerts.',
  StopButton: 'The stop button, which holds within 15 seconds, and where the installation is.',
  FailureDestination: 'Lambda hands over what failed, when its retries have failed too.',
  ReadTaskDefinitions: 'Volumes, roles and tags of the families that are looked at. ECS cannot scope it.',
  ReadTasks: 'Where a task runs, why it stopped, and the network of its service.',
  ReadServices: 'The revision that a service runs, before it is moved and after.',
  FindServices: 'Which services run a family. ECS cannot scope the listings.',
  FindFamilies: 'Which task definitions carry `mountkeeper:enabled`.',
  ReadFileSystems: 'File systems, mount targets, access points and file-system policies.',
  ListFileSystems: 'Which file systems there are to be watched.',
  ReadNetwork: 'Security groups, ACLs, subnets, DNS settings and interfaces on the way. EC2 cannot scope descriptions.',
  ReadGroups: 'Whether a rule is still as it was left.',
  ReadRoles: 'Whether the task role may mount, and who else it serves.',
  ListRoles:
    'The same in a few calls, where there are thousands of roles. The broadest read: all users, groups, roles and policies of the account.',
  ReadPolicies: 'Managed policies and boundaries of task roles.',
  ReadRunTaskRecord: 'The network of a task without a service, once its interface is gone.',
  ReadCredits: 'Burst credits, permitted and metered throughput.',
  ReadLogKeys: "Asked first: whether a log group's owner set the key.",
  ReadKeyedLogs: 'Looks for a few known phrases of EFS trouble; no line is kept.',
  WhoHearsAlerts: 'Whether a subscription is confirmed.',
  WhatIsStuck: 'How many messages wait in the two queues.',
  WhatCalls: 'Whether the rules are there and enabled.',
  FindTrails: 'Whether a trail logs what drift has to hear.',
  ReadTrails: 'Whether it is on, and logs management events.',
  OpenKeyedGroups: 'One rule, TCP 2049, group to group.',
  FreeKeyedGroups: 'Revokes rules of its own that are in the way of a group that is deleted.',
  CloseKeyedGroups: 'Takes back rules of its own, or puts one back.',
  WithTaggedRules: 'Every rule carries the journal id.',
  TagRulesWhenMade: 'The tag of the rule, in the same call.',
  GrantOnKeyedRoles:
    'One inline policy a file system: EFS client actions through one access point. Only revert deletes one.',
  MakeAccessPointsOnKeyedFileSystems: "The family's own directory and identity.",
  TagAccessPointsWhenMade: 'Whose it is.',
  DeleteOwnAccessPoints: 'Only where the request says `deleteAccessPoints`; data stays.',
  RegisterWiredRevisions: 'The revision that mounts through the access point.',
  TagRevisionsWhenMade: 'What it was made from.',
  PassTaskRoles:
    'A registration passes the roles of its source. Tags cannot guard it: narrow the parameter `passableRoles`.',
  MoveKeyedServices: 'Moves a service to the wired revision, or starts its tasks anew.',
  RestartServices: 'Starts the tasks of a service anew after a repair.',
  MoveServicesBack: 'Moves a service back to the revision before.',
  ReadPublishedIds: 'What is published already.',
  PublishIds: 'Ids for Terraform, CDK or CI to read; the only prefix that it writes.',
  OwnParameters: 'Takes published ids back.',
  SwitchKeyedFileSystems: 'Switches to provisioned throughput before credits run out, and back.',
  SwitchThroughputBack: 'Takes a switch back.',
};

/** What stands in a condition, in words; an odd one is shown as it is. */
const CONDITIONS: readonly (readonly [RegExp, string])[] = [
  [/groupKey/, 'tag `mountkeeper:allow` of the group (parameter `guard`)'],
  [/roleKey/, 'tag `mountkeeper:allow` of the role (parameter `boundary`)'],
  [/aws:ResourceTag\/mountkeeper:throughput/, 'tag `mountkeeper:throughput = auto`'],
  [/aws:ResourceTag\/mountkeeper:deploy/, 'tag `mountkeeper:deploy` of the service'],
  [/aws:ResourceTag\/mountkeeper:managed/, 'made by Mountkeeper'],
  [/aws:ResourceTag\/mountkeeper:allow/, 'tag `mountkeeper:allow`'],
  [/aws:RequestTag\/mountkeeper:(managed|wired-from)/, 'tagged in the call'],
  [/CreateAction/, 'while it is made'],
  [/iam:PassedToService/, 'to ECS tasks'],
  [/aws:ResourceAccount/, 'own account'],
];

export function statementsOf(root: string): ReadonlyMap<string, readonly Statement[]> {
  const read = (path: string) => parse(readFileSync(join(root, path), 'utf8'), { logLevel: 'silent' });
  const { provider } = read('serverless.yml') as {
    readonly provider: { readonly iam: { readonly role: { readonly statements: readonly Statement[] } } };
  };
  const names = readdirSync(join(root, 'functions')).toSorted();
  const apart = names.filter((name) => {
    const { iamRoleStatementsInherit } = read(`functions/${name}/function.yml`) as {
      iamRoleStatementsInherit?: boolean;
    };
    return iamRoleStatementsInherit === false;
  });
  return new Map([
    [['all', ...apart].join(' but '), provider.iam.role.statements],
    ...names.map((name) => [name, read(`functions/${name}/role.yml`) as readonly Statement[]] as const),
  ]);
}

/** What serverless-iam-roles-per-function adds to every role; a test holds it to the package. */
export const LOGS = {
  Action: ['logs:CreateLogStream', 'logs:CreateLogGroup', 'logs:PutLogEvents'],
  Resource: 'log-group:/aws/lambda/mountkeeper-',
} as const;

/** Every statement of every role, those alike in all but their resources in one row. */
export function permissions(root: string): string {
  const all = [...statementsOf(root)].flatMap(([name, statements]) => statements.map((one) => ({ name, one })));
  const alike = ({ one: { Sid, Action, Condition } }: (typeof all)[number]) =>
    JSON.stringify([Sid, [Action].flat().toSorted(), Condition]);
  const rows = [...Map.groupBy(all, alike).values()]
    .toSorted(([one], [other]) => order(all, one) - order(all, other))
    .map((group) => [
      `\`${group[0]?.one.Sid}\``,
      whose(group.map(({ name }) => name)),
      actionsIn(group.flatMap(({ one }) => one.Action)),
      conditionsIn(group.map(({ one }) => one.Condition)),
      WHY[group[0]?.one.Sid ?? ''] ?? 'nobody said why',
    ]);
  const logs = ['–', 'all', actionsIn(LOGS.Action), '', "Each its own log, and no other's; the framework adds it."];
  return table(['statement', 'functions', 'calls', 'only if', 'why'], [...rows, logs]);
}

interface Named {
  readonly one: Statement;
}

/** Rows of one name stand together, where the first of them is. */
function order(all: readonly Named[], row: Named | undefined): number {
  return all.findIndex(({ one }) => one.Sid === row?.one.Sid);
}

/** Who does not share what all have may have it of its own. */
function whose([first = '', ...others]: readonly string[]): string {
  return first === ['all', ...others].join(' but ') ? 'all' : [first, ...others].join(', ');
}

function actionsIn(actions: readonly string[]): string {
  const services = Map.groupBy(new Set(actions), (action) => action.split(':')[0] ?? '');
  return [...services]
    .map(([service, of]) => `${service}: ${of.map((action) => action.split(':')[1]).join(' ')}`)
    .join('; ');
}

function conditionsIn(conditions: readonly unknown[]): string {
  const text = conditions.map((one) => (one === undefined ? '' : JSON.stringify(one))).join(' ');
  if (text.trim() === '') return '';
  const known = CONDITIONS.filter(([pattern]) => pattern.test(text)).map(([, words]) => words);
  return known.length > 0 ? known.join(', ') : text;
}
