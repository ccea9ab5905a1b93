import { parseTaskDefinitionName } from '../../domain/ids.ts';
import type { Parsed } from '../../keeper.ts';
import type { Self } from '../../world.ts';
import { aText, type Form, isEvent, isRecord, problemsOf, shown } from '../by-hand.ts';

export const FORMATS = ['json', 'text', 'html'] as const;
export type Format = (typeof FORMATS)[number];

export interface DoctorInput {
  /** A family, `family:revision` or an ARN; absent: every family that has opted in. */
  readonly reference?: string;
  /** Where a family without a service runs: its tasks are looked for there. */
  readonly cluster?: string;
  readonly format: Format;
}

const EXAMPLE = { family: 'shop', format: 'text' };
const CLUSTER = /^[A-Za-z0-9_-]{1,255}$|^arn:aws[a-z-]*:ecs:[a-z0-9-]+:\d{12}:cluster\/[\w-]+$/;

const FORM: Form = {
  family: aText(/^[A-Za-z0-9_-]{1,255}$/, 'the family of a task definition'),
  taskDefinition: {
    expected: 'a family, family:revision or the ARN of a task definition',
    valid: (value) => typeof value === 'string' && parseTaskDefinitionName(value) !== undefined,
  },
  all: { expected: 'true', valid: (value) => value === true },
  cluster: aText(CLUSTER, 'the name or ARN of a cluster'),
  format: { expected: `one of ${FORMATS.join(', ')}`, valid: (value) => FORMATS.some((format) => format === value) },
};

/** Only by hand; it changes nothing, so it runs whatever the mode is. */
export function parse(trigger: unknown, self: Self): Parsed<DoctorInput> {
  if (isEvent(trigger)) return { kind: 'ignore', why: 'the doctor is asked by hand only' };
  if (!isRecord(trigger)) return bad('(the request)', trigger, 'a JSON object');
  const problems = problemsOf(trigger, FORM);
  if (problems.length > 0) return { kind: 'bad', problems, example: EXAMPLE };
  const asked = ['family', 'taskDefinition', 'all'].filter((field) => field in trigger);
  if (asked.length !== 1) return bad('(the request)', trigger, 'one of family, taskDefinition or all');
  const reference = trigger['family'] ?? trigger['taskDefinition'];
  if (isForeign(reference, self))
    return bad('taskDefinition', reference, `an ARN of account ${self.accountId} in ${self.region}`);
  return { kind: 'go', input: inputOf(trigger, reference), byHand: true, dryRun: true };
}

function inputOf(request: Readonly<Record<string, unknown>>, reference: unknown): DoctorInput {
  const { cluster, format } = request;
  return {
    format: FORMATS.find((one) => one === format) ?? 'json',
    ...(typeof reference === 'string' ? { reference } : {}),
    ...(typeof cluster === 'string' ? { cluster } : {}),
  };
}

function isForeign(reference: unknown, { accountId, region }: Self): boolean {
  if (typeof reference !== 'string' || !reference.startsWith('arn:')) return false;
  return !reference.includes(`:${region}:${accountId}:`);
}

function bad(field: string, got: unknown, expected: string): Parsed<DoctorInput> {
  return { kind: 'bad', problems: [{ field, got: shown(got), expected }], example: EXAMPLE };
}
