import { emptyHistory, type History } from '../../keepers/throughput/history.ts';
import type { ThroughputMemory } from '../../keepers/throughput/memory.ts';
import { decideThroughput } from '../../keepers/throughput/policy.ts';
import type { MinutePoint, Refusal, ThroughputSettings } from '../../keepers/throughput/terms.ts';
import { type Asked, LINE, type Mistake, mistake, Point, readLine } from './serve-line.ts';

interface Known {
  readonly history: History;
  memory?: ThroughputMemory;
}

/** More file systems than this in one stream: the one that was not asked about for longest is forgotten. */
const FILE_SYSTEMS_AT_MOST = 1_000;

/**
 * The policy as a partner of any outside simulator: one JSON object a line in, one out. What it remembers between lines
 * is what the ledger would hold and CloudWatch would give again. A line that cannot be read is answered with `error`,
 * `field`, `got` and `expected`, is counted, and changes nothing.
 */
export function createServer(settings: ThroughputSettings): Server {
  const known = new Map<string, Known>();
  let unread = 0;
  return {
    unread: () => unread,
    answer: (line) => {
      if (line.trim() === '') return undefined;
      const read = readLine(line);
      const answer = 'error' in read ? read : answerTo(read, { settings, known });
      if ('error' in answer) unread += 1;
      return JSON.stringify(answer);
    },
  };
}

interface Server {
  readonly answer: (line: string) => string | undefined;
  /** Lines so far that were answered with an error. */
  readonly unread: () => number;
}

/** Nothing that a line holds ends the stream. */
function answerTo(asked: Asked, at: { readonly settings: ThroughputSettings; readonly known: Map<string, Known> }) {
  try {
    return decide(asked, { settings: at.settings, known: recall(at.known, asked.fileSystem.id) });
  } catch (error) {
    return {
      ...mistake(LINE, 'not to be decided on', 'other values'),
      error: `Not decided: ${String(error)}.`,
    } satisfies Mistake;
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
