import type { JournalEntry } from '../../lib/domain/journal.ts';
import type { Occurrence } from '../../lib/ledger/ledger.ts';

export const NOW = Date.UTC(2026, 8, 1, 10);
export const MINUTE = 60_000;

export function sampleOccurrence(changed: Partial<Occurrence> = {}): Occurrence {
  return {
    id: 'incident-1',
    keeper: 'remediate',
    thing: 'service/orders',
    family: 'orders',
    codes: ['sg-ingress'] as unknown as Occurrence['codes'],
    severity: 'must-fix',
    atMs: NOW,
    repaired: false,
    windowMs: 60 * MINUTE,
    ...changed,
  };
}

export function sampleEntry(changeId: string, changed: Partial<JournalEntry> = {}): JournalEntry {
  return {
    changeId,
    atMs: NOW,
    keeper: 'remediate',
    incident: 'incident-1',
    family: 'orders',
    fileSystemId: 'fs-0123456789abcdef0',
    resource: 'sg-0a',
    because: [],
    action: {
      kind: 'authorize-ingress',
      groupId: 'sg-0a',
      sourceGroupId: 'sg-0b',
      family: 'orders',
      fileSystemId: 'fs-0123456789abcdef0',
    },
    state: 'intended',
    ...changed,
  };
}
