import type { FindingCode, Severity } from '../domain/finding.ts';
import type { Incident, Telling } from '../domain/incident.ts';
import type { JournalEntry } from '../domain/journal.ts';

export interface Lease {
  readonly granted: boolean;
  /** Until when somebody else has it. */
  readonly untilMs?: number;
}

export interface Occurrence {
  readonly id: string;
  readonly keeper: string;
  readonly thing: string;
  readonly family?: string;
  /** Of several that are told of together, the fingerprints of their names: there may be thousands. */
  readonly families?: readonly string[];
  readonly fileSystemId?: string;
  readonly accessPointId?: string;
  readonly zoneName?: string;
  readonly codes: readonly FindingCode[];
  readonly severity: Severity;
  readonly atMs: number;
  readonly repaired: boolean;
  /** How long the same trouble stays untold. */
  readonly windowMs: number;
  /** The run that tells it, where this attempt of it has not done so. */
  readonly run?: string;
}

export interface Budget {
  /** `repairs`, `provisioning` or a breaker's key: `<family>/<resource>/<finding>`. */
  readonly key: string;
  readonly limit: number;
  readonly windowMs: number;
  /** What one of those who spend may have of it. */
  readonly share?: { readonly by: string; readonly limit: number };
}

export interface Reservation {
  readonly fileSystemId: string;
  readonly id: number;
  readonly owner: string;
}

/** Which family a thing belongs to: deletions carry only the id, so this map is kept. */
export interface Belonging {
  readonly resource: string;
  readonly family: string;
  readonly fileSystemId?: string;
  readonly volume?: string;
  readonly note?: Readonly<Record<string, string>>;
}

/** `isNew`: nobody can have said it before, so it is written without looking. */
export interface Newness {
  readonly isNew?: boolean;
}

/** The ledger's verbs. All times are milliseconds since the epoch and are given by the caller. */
export interface Ledger {
  /** Reads what is to be changed soon, beside other reads, so that the change itself takes one round trip. */
  readonly ahead: (of: { readonly lease?: string; readonly incident?: string }) => Promise<void>;

  /** Takes the lease if it is free or run out. Where it is busy, its holder is told to look once more. */
  readonly lease: (
    key: string,
    request: { readonly holder: string; readonly nowMs: number; readonly ttlMs: number },
  ) => Promise<Lease>;
  /** Gives it back. `again`: somebody asked for it meanwhile, so the work is to be done once more. */
  readonly release: (key: string, holder: string) => Promise<{ readonly again: boolean }>;

  readonly intend: (entry: JournalEntry) => Promise<void>;
  readonly record: (changeId: string, came: Pick<JournalEntry, 'state' | 'made' | 'why' | 'told'>) => Promise<void>;
  readonly change: (changeId: string) => Promise<JournalEntry | undefined>;
  /** Newest first. */
  readonly changes: (about: {
    readonly family?: string;
    readonly incident?: string;
    readonly resource?: string;
    readonly sinceMs?: number;
  }) => Promise<readonly JournalEntry[]>;

  /** Spends one of the budget if one is left. Zero means none. */
  readonly spend: (budget: Budget, nowMs: number) => Promise<boolean>;
  /** How much of a budget was spent within the window, and how much of that by one of those who spend. */
  readonly used: (
    budget: { readonly key: string; readonly by: string; readonly windowMs: number },
    nowMs: number,
  ) => Promise<{ readonly all: number; readonly own: number }>;
  /** How often it was spent within each of these windows. */
  readonly spent: (key: string, windowsMs: readonly number[], nowMs: number) => Promise<readonly number[]>;

  readonly occur: (occurrence: Occurrence) => Promise<Telling>;
  /** The run's alert of it got through: its retry, made for something else, does not tell it once more. */
  readonly delivered: (id: string, run: string) => Promise<void>;
  /** Counts an incident up, as often as it was seen since; tells nothing, and begins none. */
  readonly count: (id: string, seen: { readonly times: number; readonly atMs: number }) => Promise<void>;
  readonly incident: (id: string) => Promise<Incident | undefined>;
  readonly openIncidents: () => Promise<readonly Incident[]>;
  readonly resolve: (id: string, atMs: number) => Promise<Incident | undefined>;

  /** Reserves this id on the file system; the answer names the owner who has it. */
  readonly reserve: (wanted: Reservation) => Promise<{ readonly granted: boolean; readonly owner: string }>;
  readonly reservations: (fileSystemId: string) => Promise<readonly Reservation[]>;

  readonly belongs: (belonging: Belonging, options?: Newness) => Promise<void>;
  /** Something that the family's mounts rest on: found by the thing alone, and what is known of it already stays. */
  readonly restsOn: (resource: string, family: string) => Promise<void>;
  readonly whose: (resource: string) => Promise<readonly Belonging[]>;
  readonly belongings: (family: string) => Promise<readonly Belonging[]>;
  readonly forget: (resource: string, family: string) => Promise<void>;

  /** What was reverted stays undone until it is released. The key names the desired state, not the run. */
  readonly hold: (key: string, why: string, atMs: number) => Promise<void>;
  readonly held: (keys: readonly string[]) => Promise<ReadonlySet<string>>;
  readonly releaseHeld: (key: string) => Promise<boolean>;
  readonly allHeld: () => Promise<readonly { readonly key: string; readonly why: string; readonly atMs: number }[]>;

  /** Small memories of a keeper (forecast of a file system, sweep's cursor, families), as JSON by name. */
  readonly recall: (room: string, name: string) => Promise<unknown>;
  readonly recallAll: (room: string) => Promise<ReadonlyMap<string, unknown>>;
  readonly keep: (room: string, name: string, value: unknown) => Promise<void>;
  /** Keeps what has a name that nobody used before. */
  readonly keepNew: (room: string, name: string, value: unknown) => Promise<void>;
  readonly drop: (room: string, name: string) => Promise<void>;
}
