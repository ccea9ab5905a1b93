import { resolved } from './intrinsics.ts';

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Conditions: Readonly<Record<string, unknown>>;
}

export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export const ACCOUNT_ID = '111122223333';
export const REGION = 'eu-west-1';

const TOPIC = `arn:aws:sns:${REGION}:${ACCOUNT_ID}:mountkeeper-alerts`;
const queue = (name: string) => `arn:aws:sqs:${REGION}:${ACCOUNT_ID}:mountkeeper-${name}`;
/** Names as the simulated account has them. */
export const PLACE = {
  accountId: ACCOUNT_ID,
  region: REGION,
  refs: { Ledger: 'mountkeeper-ledger', Alerts: TOPIC, ChatAlerts: TOPIC.replace(/alerts$/, 'chat') },
  arns: { Failed: queue('failed'), Undelivered: queue('undelivered') },
};

/** The statements of a function's role in the packaged template, as they are deployed. */
export function roleOf(template: Template, name: string): readonly Statement[] {
  const role = template.Resources[`${name[0]?.toUpperCase()}${name.slice(1)}IamRoleLambdaExecution`];
  if (!role) throw new Error(`the template has no role of ${name}`);
  const policies = role.Properties['Policies'] as readonly {
    readonly PolicyDocument: { readonly Statement: unknown };
  }[];
  return policies.flatMap(({ PolicyDocument }) => resolved(PolicyDocument.Statement, template, PLACE) as Statement[]);
}
