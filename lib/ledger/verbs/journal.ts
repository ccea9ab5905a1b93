import type { JournalEntry } from '../../domain/journal.ts';
import { Refusal } from '../../refusal.ts';
import type { Data, Verb } from '../changing.ts';
import type { Ledger } from '../ledger.ts';
import type { Row } from '../rows.ts';

type About = Parameters<Ledger['changes']>[0];
type Came = Parameters<Ledger['record']>[1];

/** What the journal's small row holds: enough to find changes without reading every task definition ever registered. */
interface JournalLine {
  readonly atMs: number;
  readonly resource: string;
  readonly family?: string;
  readonly incident?: string;
}

export function lineOf(entry: JournalEntry): Data {
  const { atMs, resource, family, incident } = entry;
  const line: JournalLine = {
    atMs,
    resource,
    ...(family === undefined ? {} : { family }),
    ...(incident === undefined ? {} : { incident }),
  };
  return { ...line };
}

export function recording(changeId: string, came: Came): Verb<void> {
  return (found) => {
    if (found === undefined) {
      const message = `The journal has no change ${changeId}, so what came of it cannot be recorded`;
      throw new Refusal('permanent', 'NoSuchChange', { message });
    }
    return { answer: undefined, write: { ...found, ...came } };
  };
}

export function isAbout(row: Row, about: About): boolean {
  const line = row.data as unknown as JournalLine;
  return (['family', 'incident', 'resource'] as const).every(
    (part) => about[part] === undefined || about[part] === line[part],
  );
}

export function isBefore(row: Row, sinceMs: number | undefined): boolean {
  return sinceMs !== undefined && (row.data as unknown as JournalLine).atMs < sinceMs;
}

export function entryOf(row: Row | undefined): JournalEntry | undefined {
  return row?.data as JournalEntry | undefined;
}
