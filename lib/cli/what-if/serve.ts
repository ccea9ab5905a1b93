import * as z from 'zod/mini';
import { emptyHistory, type History } from '../../keepers/throughput/history.ts';
import type { ThroughputMemory } from '../../keepers/throughput/memory.ts';
import { decideThroughput } from '../../keepers/throughput/policy.ts';
import type { MinutePoint, Refusal, ThroughputSettings } from '../../keepers/throughput/terms.ts';

const amount = z.optional(z.nullable(z.number()));
const instant = z.string().check(z.refine((text) => !Number.isNaN(Date.parse(text)), 'an ISO time'));

const words = z.optional(z.nullable(z.string()));

const Point = z.object({
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
    lifeCycleState: z.optional(z.nullable(z.string())),
    performanceMode: z.optional(z.nullable(z.string())),
  }),
  /** Judged one by one: a bad point is left out, the others count. */
  points: z.optional(z.nullable(z.array(z.unknown()))),
  refusal: z.optional(z.nullable(z.object({ at: z.optional(z.unknown()), error: words, message: words }))),
});

type Asked = z.infer<typeof Line>;

interface Known {
  readonly history: History;
  memory?: ThroughputMemory;
}

/** More file systems than this in one stream: the one that was not asked about for longest is forgotten. */
const FILE_SYSTEMS_AT_MOST = 1_000;

/**
 * The policy as a partner of any outside simulator: one JSON object a line in, one out. What it remembers between lines
 * is what the ledger would hold and CloudWatch would give again. A line that cannot be read is answered with `error` and
 * `field`, and changes nothing.
 */
export function createServer(settings: ThroughputSettings): { readonly answer: (line: string) => string | undefined } {
  const known = new Map<string, Known>();
  return {
    answer: (line) => {
      if (line.trim() === '') return undefined;
      const read = readLine(line);
      return JSON.stringify('error' in read ? read : answerTo(read, { settings, known }));
    },
  };
}

interface Mistake {
  readonly error: string;
  readonly field: string;
  readonly action: null;
}

function readLine(line: string): Asked | Mistake {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { error: 'The line is not JSON.', field: '(the line)', action: null };
  }
  const read = Line.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  return {
    error: `Not understood: ${issue?.message ?? 'wrong shape'}.`,
    field: issue?.path.join('.') || '(the line)',
    action: null,
  };
}

/** Nothing that a line holds ends the stream. */
function answerTo(asked: Asked, at: { readonly settings: ThroughputSettings; readonly known: Map<string, Known> }) {
  try {
    return decide(asked, { settings: at.settings, known: recall(at.known, asked.fileSystem.id) });
  } catch (error) {
    return { error: `Not decided: ${String(error)}.`, field: '(the line)', action: null } satisfies Mistake;
  }
}

function recall(known: Map<string, Known>, id: string): Known {
  const found = known.get(id) ?? { history: emptyHistory() };
  known.delete(id);
  known.set(id, found);
  const [oldest] = known.keys();
  if (known.size > FILE_SYSTEMS_AT_MOST && oldest !== undefined) known.delete(oldest);
  return found;
}

function decide(asked: Asked, { settings, known }: { readonly settings: ThroughputSettings; readonly known: Known }) {
  const { mibps, performanceMode, lifeCycleState, ...fileSystem } = asked.fileSystem;
  const now = Date.parse(asked.now);
  const decision = decideThroughput(
    {
      now,
      fileSystem: {
        ...fileSystem,
        lifeCycleState: lifeCycleState ?? 'available',
        ...(mibps ? { mibps } : {}),
        ...(performanceMode ? { performanceMode } : {}),
      },
      points: (asked.points ?? []).flatMap(pointOf),
      settings,
      ...(asked.refusal ? { refusal: refusalOf(asked.refusal, now) } : {}),
      ...(known.memory ? { memory: known.memory } : {}),
    },
    known.history,
  );
  known.memory = decision.memory;
  return { action: decision.action, nextPollMinutes: decision.nextPollMinutes, why: decision.why };
}

function refusalOf({ at, error, message }: NonNullable<Asked['refusal']>, now: number): Refusal {
  const atMs = Date.parse(String(at));
  return { at: Number.isNaN(atMs) ? now : atMs, error: error ?? '', message: message ?? '' };
}

function pointOf(value: unknown): readonly MinutePoint[] {
  const read = Point.safeParse(value);
  if (!read.success) return [];
  const { at, creditBytes, permittedBytesPerSecond, meteredBytes, percentIoLimit } = read.data;
  return [
    {
      at: Date.parse(at),
      creditBytes: creditBytes ?? null,
      permittedBytesPerSecond: permittedBytesPerSecond ?? null,
      meteredBytes: meteredBytes ?? null,
      percentIoLimit: percentIoLimit ?? null,
    },
  ];
}
