import type { Problem } from '../keeper.ts';

/** Whether a trigger looks like an event of EventBridge: then what is wrong with it ends quietly, by name. */
export function isEvent(trigger: unknown): trigger is Readonly<Record<string, unknown>> {
  return isRecord(trigger) && 'detail-type' in trigger;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What one field of a request by hand may hold. */
export interface Field {
  readonly expected: string;
  readonly valid: (value: unknown) => boolean;
  readonly required?: boolean;
}

export type Form = Readonly<Record<string, Field>>;

/** Every mistake of a request by hand against a form: wrong fields, missing fields, fields that are not known. */
export function problemsOf(request: Readonly<Record<string, unknown>>, form: Form): readonly Problem[] {
  const known = Object.entries(form).flatMap(([field, rule]) => problemOf(request[field], { field, rule }));
  const odd = Object.keys(request).filter((field) => !(field in form));
  return [
    ...known,
    ...odd.map((field) => ({
      field: shown(field).slice(1, -1),
      got: shown(request[field]),
      expected: `no such field; known are ${Object.keys(form).join(', ')}`,
    })),
  ];
}

function problemOf(
  value: unknown,
  { field, rule }: { readonly field: string; readonly rule: Field },
): readonly Problem[] {
  if (value === undefined && !rule.required) return [];
  return value !== undefined && rule.valid(value) ? [] : [{ field, got: shown(value), expected: rule.expected }];
}

/** A value as it may be shown: short, on one line, without control characters. */
export function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : (JSON.stringify(value) ?? typeof value);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: taking them out is the point
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ').slice(0, 120);
}

export const FLAG: Field = { expected: 'true or false', valid: (value) => typeof value === 'boolean' };

export const aText = (pattern: RegExp, expected: string): Field => ({
  expected,
  valid: (value) => typeof value === 'string' && value.length <= 2048 && pattern.test(value),
});
