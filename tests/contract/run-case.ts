import type { Case, Data, ServiceName, Step } from './case.ts';

/** Whoever is held to the contract: a simulated account or an emulator. */
export interface Subject {
  readonly call: (service: ServiceName, operation: string, input: object) => Promise<unknown>;
  /** Lets pass what the services need to carry out a change. */
  readonly settle: () => Promise<void>;
  /** It answers otherwise where the contract lists a difference. */
  readonly differs: boolean;
  readonly nowMs: () => number;
}

const QUARTER = 'last full quarter of an hour';
const QUARTER_MS = 15 * 60_000;

/** What is not as the case says, in words; nothing where all of it is. */
export async function runCase(subject: Subject, { steps }: Case): Promise<readonly string[]> {
  const saved: Record<string, unknown> = { [QUARTER]: Math.floor(subject.nowMs() / QUARTER_MS) * QUARTER_MS };
  for (const step of steps) {
    const wrong = listed(subject, step, await runStep(subject, step, saved));
    if (wrong.length > 0) return wrong.map((line) => `${step.call}: ${line}`);
    await subject.settle();
  }
  return [];
}

/** A listed difference must still be one: where the subject has learned better, the entry goes. */
function listed(subject: Subject, { differs }: Step, wrong: readonly string[]): readonly string[] {
  if (!differs || !subject.differs) return wrong;
  return wrong.length > 0 ? [] : [`no difference any more; listed: ${differs.moto}`];
}

async function runStep(subject: Subject, step: Step, saved: Record<string, unknown>): Promise<readonly string[]> {
  const [service, operation] = step.call.split('.') as [ServiceName, string];
  try {
    const answer = await subject.call(service, operation, filled(step.input, saved) as object);
    if (step.fails) return [`answered, expected ${step.fails.name}`];
    if (step.as) saved[step.as] = answer;
    return step.expect === undefined ? [] : compare(answer, filled(step.expect, saved), '');
  } catch (error) {
    const { name, message } = error as Error;
    if (!step.fails || step.fails.name !== name) return [`failed with ${name} (${message.slice(0, 200)})`];
    return step.fails.carries === undefined ? [] : compare(error, filled(step.fails.carries, saved), name);
  }
}

/** References replaced by what they stand for. */
function filled(value: Data, saved: Readonly<Record<string, unknown>>): unknown {
  if (typeof value === 'string') {
    if (value.startsWith('@-')) return new Date(Number(saved[QUARTER]) - Number(value.slice(2)) * 60_000);
    return value.startsWith('$') ? memberOf(saved, value.slice(1)) : value;
  }
  if (typeof value !== 'object' || value === null || value instanceof RegExp) return value;
  if (Array.isArray(value)) return value.map((item: Data) => filled(item, saved));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, filled(item, saved)]));
}

function memberOf(from: unknown, path: string): unknown {
  const found = path.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown>)?.[name], from);
  if (found === undefined) throw new Error(`the contract refers to ${path}, and no answer has it`);
  return found;
}

function compare(actual: unknown, expected: unknown, path: string): readonly string[] {
  if (expected instanceof RegExp)
    return typeof actual === 'string' && expected.test(decoded(actual)) ? [] : [told(path, actual, expected)];
  if (expected instanceof Date)
    return actual instanceof Date && +actual === +expected ? [] : [told(path, actual, expected)];
  if (typeof expected !== 'object' || expected === null)
    return actual === expected || (typeof actual === 'string' && decoded(actual) === decoded(String(expected)))
      ? []
      : [told(path, actual, expected)];
  if (Array.isArray(expected) && (!Array.isArray(actual) || actual.length !== expected.length))
    return [told(path, actual, expected)];
  if (typeof actual !== 'object' || actual === null) return [told(path, actual, expected)];
  return Object.entries(expected).flatMap(([name, value]) =>
    compare((actual as Record<string, unknown>)[name], value, `${path}.${name}`),
  );
}

/** Policy documents of IAM come URL-encoded; AWS encodes more characters than JavaScript does. */
function decoded(text: string): string {
  return text.startsWith('%7B') ? decodeURIComponent(text) : text;
}

function told(path: string, actual: unknown, expected: unknown): string {
  return `${path} is ${shown(actual)}, expected ${shown(expected)}`;
}

function shown(value: unknown): string {
  return value instanceof RegExp ? String(value) : (JSON.stringify(value) ?? 'absent').slice(0, 300);
}
