import { SETTINGS } from './settings.ts';

interface ParameterRow {
  readonly expected: string;
  readonly valid: (text: string) => boolean;
}

const RETENTIONS_DAYS = '1 3 5 7 14 30 60 90 120 150 180 365 400 545 731 1096 1827 2192 2557 2922 3288 3653'.split(' ');
const SWITCH = { expected: 'true or false', valid: (text: string) => text === 'true' || text === 'false' };

/**
 * Every parameter of the stack. Retention: CloudWatch Logs API reference, PutRetentionPolicy; sweepPeriodSeconds: a period
 * of an alarm (CloudWatch API reference, PutMetricAlarm), two of which may not be longer than a week.
 */
export const STACK_PARAMETERS: Readonly<Record<string, ParameterRow>> = {
  mode: SETTINGS.mode,
  guard: SETTINGS.guard,
  logRetentionDays: {
    expected: `one of ${RETENTIONS_DAYS.join(' ')}`,
    valid: (text) => RETENTIONS_DAYS.includes(text),
  },
  repairsPerHour: SETTINGS.repairsPerHour,
  repairsPerThingPerHour: SETTINGS.repairsPerThingPerHour,
  repairsPerThingPerDay: SETTINGS.repairsPerThingPerDay,
  provisionsPerHour: SETTINGS.provisionsPerHour,
  alertWindowMinutes: SETTINGS.alertWindowMinutes,
  sweepRate: { expected: 'rate(...) or cron(...)', valid: (text) => /^(rate|cron)\(.+\)$/.test(text) },
  sweepPeriodSeconds: {
    expected: 'a multiple of 60, at most 302400',
    valid: (text) => Number(text) > 0 && Number(text) <= 302_400 && Number(text) % 60 === 0,
  },
  throttledMinuteUsd: SETTINGS.throttledMinuteUsd,
  throughputMonthlyUsd: SETTINGS.throughputMonthlyUsd,
  provisionedUsd: SETTINGS.provisionedMibpsMonthUsd,
  elasticReadUsd: SETTINGS.elasticReadGbUsd,
  elasticWriteUsd: SETTINGS.elasticWriteGbUsd,
  boundary: { expected: 'none or required', valid: (text) => text === 'none' || text === 'required' },
  requiredBoundary: { expected: 'a policy ARN', valid: (text) => text === '' || text.startsWith('arn:') },
  ledgerTable: { expected: 'a table name', valid: (text) => /^([\w.-]{3,255})?$/.test(text) },
  email: { expected: 'an e-mail address', valid: (text) => text === '' || /^\S+@\S+$/.test(text) },
  chatTopic: SWITCH,
  proof: SWITCH,
  trail: SWITCH,
  passableRoles: {
    expected: 'the ARN of a role, * and ? stand for any',
    valid: (text) => /^arn:.+:role\/.+/.test(text),
  },
};

type Values = Readonly<Record<string, unknown>>;

/** What is wrong with the parameters of a deploy, one sentence each: a misspelt one must not fall back to its default. */
export function parameterMistakes(given: Values): readonly string[] {
  const known = Object.keys(STACK_PARAMETERS);
  const mistakes = Object.entries(given).flatMap(([name, value]) => {
    const row = Object.hasOwn(STACK_PARAMETERS, name) ? STACK_PARAMETERS[name] : undefined;
    if (row === undefined) return [`There is no parameter "${name}"; known are ${known.join(', ')}.`];
    const odd = [value]
      .flat()
      .map(String)
      .filter((text) => !row.valid(text));
    return odd.map((text) => `${name} is "${text}"; expected ${row.expected}.`);
  });
  if (given['boundary'] === 'required' && !given['requiredBoundary'])
    mistakes.push('boundary is "required"; give the policy as well: --param="requiredBoundary=arn:...".');
  return mistakes;
}

/** What the framework hands to a plugin, as far as it is read here. */
interface Framework {
  readonly processedInput: { readonly options: { readonly param?: readonly string[] } };
  readonly configurationInput: { readonly params?: { readonly default?: Values } };
  readonly classes: { readonly Error: new (message: string, code: string) => Error };
}

/** A plugin of the framework, handed over by stack-plugin.mjs: it refuses before anything is packaged or asked of AWS. */
export class StackParameters {
  constructor({ processedInput, configurationInput, classes }: Framework) {
    const lines = processedInput.options.param ?? [];
    const given = lines.map((line) => [line.split('=')[0] ?? '', line.slice(line.indexOf('=') + 1).trimEnd()]);
    const mistakes = parameterMistakes({ ...configurationInput.params?.default, ...Object.fromEntries(given) });
    if (mistakes.length > 0) throw new classes.Error(mistakes.join('\n'), 'STACK_PARAMETERS');
  }
}
