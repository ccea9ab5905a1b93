import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { functionPatterns } from '../lib/simulator/stack/function-patterns.ts';
import { STACK_PARAMETERS } from '../lib/stack-parameters.ts';
import { roleOf, type Template } from './least-privilege/roles.ts';
import { roleAsWritten } from './least-privilege/roles-as-written.ts';
import { needsOf } from './needs-of.ts';
import { LOGS } from './readme/permissions.ts';
import { namesInZip } from './zip-names.ts';

const ROOT = resolve(__dirname, '..');

interface Resource {
  readonly Type: string;
  readonly Condition?: string;
  readonly Properties: Record<string, unknown>;
}

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

let folder = '';
let template: { readonly Resources: Readonly<Record<string, Resource>>; readonly Conditions: Record<string, unknown> };

/** What every function does, from the provider's statements: its ledger, its alerts, the stop button, its failures. */
const COMMON = ['Ledger', 'ReadLedger', 'Tell', 'StopButton', 'FailureDestination'];
const FUNCTIONS = readdirSync(join(ROOT, 'functions'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** Without any AWS account: no credentials, no profile; configuration and deprecation warnings are errors. */
function serverless(...words: readonly string[]): string {
  const program = join(ROOT, 'node_modules', 'serverless', 'bin', 'serverless.js');
  const env = { PATH: process.env['PATH'], HOME: folder, TMPDIR: folder, AWS_EC2_METADATA_DISABLED: 'true' };
  // A bundle that cannot be built makes the framework wait for ever.
  const options = { cwd: ROOT, env, stdio: 'pipe', timeout: 170_000, encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], options);
  // What went wrong stands in its stdout.
  if (status !== 0) throw new Error(`${stdout}\n${stderr}`);
  return stdout;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mountkeeper-package-'));
  serverless('package', '--package', folder);
  template = JSON.parse(readFileSync(join(folder, 'cloudformation-template-update-stack.json'), 'utf8'));
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function of(type: string): [string, Resource][] {
  return Object.entries(template.Resources).filter(
    ([, resource]) => resource.Type === type && resource.Condition !== 'Never',
  );
}

function logicalName(name: string): string {
  return `${name[0]?.toUpperCase()}${name.slice(1)}`;
}

function statementsOf(name: string): readonly Statement[] {
  const role = template.Resources[`${logicalName(name)}IamRoleLambdaExecution`];
  const policies = role?.Properties['Policies'] as readonly {
    readonly PolicyDocument: { readonly Statement: readonly Statement[] };
  }[];
  return policies.flatMap((policy) => policy.PolicyDocument.Statement);
}

/** CloudFormation takes one as a list of one. */
const withLists = <T extends { readonly Action: unknown; readonly Resource: unknown }>(statement: T) => ({
  ...statement,
  Action: [statement.Action].flat(),
  Resource: [statement.Resource].flat(),
});

const actionsIn = (statements: readonly Statement[]) =>
  statements.flatMap(({ Action }) => (typeof Action === 'string' ? [Action] : Action));

test('the default role is never made, and every other role is used by a function', () => {
  expect(template.Resources['IamRoleLambdaExecution']?.Condition).toBe('Never');
  expect(template.Conditions['Never']).toEqual({ 'Fn::Equals': ['a', 'b'] });
  const used = of('AWS::Lambda::Function').map(([, { Properties }]) => JSON.stringify(Properties['Role']));
  const unused = of('AWS::IAM::Role').filter(([name]) => !used.some((role) => role.includes(`"${name}"`)));
  expect(unused.map(([name]) => name)).toEqual([]);
});

test('every folder of functions/ is a function with a role of its own', () => {
  const functions = of('AWS::Lambda::Function').map(([, { Properties }]) => Properties['FunctionName']);
  expect(functions.toSorted()).toEqual(FUNCTIONS.map((name) => `mountkeeper-${name}`).toSorted());
});

describe.each(FUNCTIONS)('%s', (name) => {
  test('may hand what it could not finish to its failure destination', () => {
    const config = Object.values(template.Resources).find(
      ({ Type, Properties }) =>
        Type === 'AWS::Lambda::EventInvokeConfig' &&
        JSON.stringify(Properties['FunctionName']).includes(`"${logicalName(name)}LambdaFunction"`),
    );
    const destination = (config?.Properties['DestinationConfig'] as { OnFailure: { Destination: unknown } } | undefined)
      ?.OnFailure.Destination;
    const allowed = statementsOf(name).filter((statement) => actionsIn([statement]).includes('sqs:SendMessage'));
    expect(destination).toEqual({ 'Fn::GetAtt': ['Failed', 'Arn'] });
    expect(allowed.map(({ Resource }) => Resource)).toContainEqual(destination);
  });

  test('its zip holds its own chunks and nothing else', () => {
    const names = namesInZip(join(folder, `${name}.zip`));
    expect(names).toContain(`functions/${name}/index.mjs`);
    expect(names.filter((entry) => !entry.startsWith(`functions/${name}/`) || !entry.endsWith('.mjs'))).toEqual([]);
  });

  test('its role is packaged as it is written', () => {
    const packaged = roleOf(template as Template, name).filter(({ Sid }) => Sid !== undefined);
    expect(packaged.map(withLists)).toEqual(roleAsWritten(name).map(withLists));
  });

  test('its role holds exactly the calls that its keeper makes', async () => {
    const own = statementsOf(name).filter(({ Sid }) => Sid !== undefined && !COMMON.includes(Sid));
    const { granted, needed } = { granted: [...new Set(actionsIn(own))].toSorted(), needed: await needsOf(name) };
    expect({ missing: needed.filter((action) => !granted.includes(action)) }).toEqual({ missing: [] });
    expect({ unneeded: granted.filter((action) => !needed.includes(action)) }).toEqual({ unneeded: [] });
  });

  test('beyond what is written its role may write its own log, and nothing else', () => {
    const added = statementsOf(name).filter(({ Sid }) => Sid === undefined);
    expect(added).toEqual([
      {
        Effect: 'Allow',
        Action: LOGS.Action,
        Resource: [{ 'Fn::Sub': expect.stringContaining(`:${LOGS.Resource}${name}:`) }],
      },
    ]);
  });

  test('no write of its role is without a condition or a named resource', () => {
    const writes = /:(Create|Put|Delete|Update|Authorize|Revoke|Tag|Untag|Register|Run|Modify|Pass|Invoke)/;
    const open = statementsOf(name).filter(
      (statement) =>
        actionsIn([statement]).some((action) => writes.test(action) && !action.startsWith('logs:')) &&
        !statement.Condition &&
        /\*/.test(JSON.stringify(statement.Resource)) &&
        // The stack's own room of parameters.
        !/:parameter\/mountkeeper\/[a-z]+\/\*"/.test(JSON.stringify(statement.Resource)),
    );
    expect(open).toEqual([]);
  });

  test('the demo and the scenarios match events by the patterns that are deployed', () => {
    const deployed = of('AWS::Events::Rule').filter(([, { Properties }]) =>
      JSON.stringify(Properties['Targets']).includes(`"${logicalName(name)}LambdaFunction"`),
    );
    const patterns = deployed.flatMap(([, { Properties }]) =>
      Properties['EventPattern'] ? [Properties['EventPattern']] : [],
    );
    expect(patterns).toEqual(functionPatterns(ROOT)[name]);
  });
});

test('every rule has a dead-letter queue whose policy lets EventBridge send to it', () => {
  const policies = of('AWS::SQS::QueuePolicy').map(([, { Properties }]) => JSON.stringify(Properties));
  const targets = of('AWS::Events::Rule').flatMap(
    ([, { Properties }]) =>
      Properties['Targets'] as readonly {
        readonly DeadLetterConfig?: { readonly Arn: { readonly 'Fn::GetAtt': readonly string[] } };
      }[],
  );
  expect(targets.length).toBeGreaterThan(0);
  for (const { DeadLetterConfig } of targets) {
    const queue = DeadLetterConfig?.Arn['Fn::GetAtt'][0] ?? 'no dead-letter queue';
    const policy = policies.find((text) => text.includes(`{"Ref":"${queue}"}`)) ?? '';
    expect({
      queue,
      sends:
        policy.includes('events.amazonaws.com') &&
        policy.includes('sqs:SendMessage') &&
        policy.includes('aws:SourceArn'),
    }).toEqual({ queue, sends: true });
  }
});

test('the ledger stays when the stack goes', () => {
  const ledger = template.Resources['Ledger'] as Resource & {
    readonly DeletionPolicy?: string;
    readonly UpdateReplacePolicy?: string;
  };
  expect({
    deletion: ledger.DeletionPolicy,
    replace: ledger.UpdateReplacePolicy,
    guard: ledger.Properties['DeletionProtectionEnabled'],
  }).toEqual({
    deletion: 'Retain',
    replace: 'Retain',
    guard: true,
  });
});

test('a second installation in the account and Region fails on a fixed name', () => {
  const names = of('AWS::SSM::Parameter').map(([, { Properties }]) => Properties['Name']);
  expect(names).toEqual(expect.arrayContaining(['/mountkeeper/installation', '/mountkeeper/mode']));
});

test.each([
  ['modee=observe', 'There is no parameter "modee"; known are mode, guard,'],
  ['mode=off', 'mode is "off"; expected observe or repair.'],
  ['guard=loose', 'guard is "loose"; expected strict or relaxed.'],
])('nothing is packaged with --param="%s"', (param, message) => {
  const refused = join(folder, 'refused');
  expect(() => serverless('package', '--package', refused, '--param', param)).toThrow(message);
  expect(existsSync(refused)).toBe(false);
});

test('a deploy in another mode does not touch the stop button', () => {
  const path = 'resources.Resources.ModeParameter.Properties.Value';
  const valueIn = (mode: string) => serverless('print', '--path', path, '--format', 'text', '--param', `mode=${mode}`);
  expect([valueIn('observe'), valueIn('repair')].map((text) => text.trim())).toEqual(['repair', 'repair']);
});

test('every parameter of the stack is known to the check, and no other', () => {
  const { params } = parse(readFileSync(join(ROOT, 'serverless.yml'), 'utf8'), { logLevel: 'silent' });
  expect(Object.keys(STACK_PARAMETERS)).toEqual(Object.keys(params.default));
});
