import * as z from 'zod/mini';

const amount = z.optional(z.nullable(z.number()));
const instant = z.string().check(z.refine((text) => !Number.isNaN(Date.parse(text)), 'an ISO time'));
const words = z.optional(z.nullable(z.string()));

export const Point = z.object({
  at: instant,
  creditBytes: amount,
  permittedBytesPerSecond: amount,
  meteredBytes: amount,
  percentIoLimit: amount,
});

const Line = z.object({
  now: instant,
  fileSystem: z.object({
    id: z.string().check(z.minLength(1)),
    mode: z.enum(['bursting', 'provisioned', 'elastic']),
    mibps: amount,
    sizeStandardGib: z.number().check(z.nonnegative()),
    lifeCycleState: words,
    performanceMode: words,
  }),
  /** Judged one by one: a bad point is left out, the others count. */
  points: z.optional(z.nullable(z.array(z.unknown()))),
  refusal: z.optional(z.nullable(z.object({ at: z.optional(z.unknown()), error: words, message: words }))),
});

export type Asked = z.infer<typeof Line>;

export const LINE = '(the line)';
const A_LINE = 'one JSON object, such as {"now":"2026-06-01T00:00:00Z","fileSystem":{...},"points":[]}';
const TEXT = 'a text, or null';

const EXPECTED: Readonly<Record<string, string>> = {
  now: 'an ISO time, such as "2026-06-01T00:00:00Z"',
  fileSystem: 'an object with id, mode and sizeStandardGib',
  'fileSystem.id': 'a text that is not empty',
  'fileSystem.mode': '"bursting", "provisioned" or "elastic"',
  'fileSystem.mibps': 'a number of MiB/s, or null',
  'fileSystem.sizeStandardGib': 'a number of GiB, 0 or more',
  'fileSystem.lifeCycleState': TEXT,
  'fileSystem.performanceMode': TEXT,
  points: 'a list, or null',
  refusal: 'an object with error and message, or null',
  'refusal.error': TEXT,
  'refusal.message': TEXT,
};

export interface Mistake {
  readonly error: string;
  readonly field: string;
  readonly got: string;
  readonly expected: string;
  readonly action: null;
}

/** What a line asks, or what is wrong with it. */
export function readLine(line: string): Asked | Mistake {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return mistake(LINE, short(line), A_LINE);
  }
  const read = Line.safeParse(value);
  if (read.success) return read.data;
  const path = (read.error.issues[0]?.path ?? []).map(String);
  const field = path.join('.');
  return mistake(field || LINE, short(JSON.stringify(valueAt(value, path))), EXPECTED[field] ?? A_LINE);
}

export function mistake(field: string, got: string, expected: string): Mistake {
  return {
    error: `${field === LINE ? 'The line' : field} is ${got}; expected ${expected}.`,
    field,
    got,
    expected,
    action: null,
  };
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce((at: unknown, name) => (at as Readonly<Record<string, unknown>> | null)?.[name], value);
}

const LONGEST = 60;

function short(text: string | undefined): string {
  if (text === undefined) return 'missing';
  return text.length > LONGEST ? `${text.slice(0, LONGEST)} ...` : text;
}
