import { fingerprint } from '../domain/fingerprint.ts';

/**
 * The one table's layout. Each list that is read as a whole is one partition; everything else is a partition of its own,
 * so that a storm over one thing does not slow another. Only plain reads by key are needed: there is no secondary index.
 */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** Sort key where a partition holds one row. */
const ONLY = '-';
const ID_DIGITS = 10;

/** DynamoDB developer guide, "Constraints in Amazon DynamoDB". */
export const LONGEST_PARTITION_KEY_BYTES = 2048;
export const LONGEST_SORT_KEY_BYTES = 1024;
/** Characters of a name too long that are kept for a reader of the table. */
const READABLE = 250;

export const PARTITION = {
  /** One small row a change, in order of time; the change itself, which may be large, is elsewhere. */
  journal: 'journal',
  incidents: 'incidents',
  held: 'held',
} as const;

export function leaseKey(key: string): Key {
  return { pk: `lease#${key}`, sk: ONLY };
}

export function budgetKey(key: string): Key {
  return { pk: `budget#${key}`, sk: ONLY };
}

export function changeKey(changeId: string): Key {
  return { pk: `change#${changeId}`, sk: ONLY };
}

export function journalKey(changeId: string): Key {
  return { pk: PARTITION.journal, sk: changeId };
}

export function incidentKey(id: string): Key {
  return { pk: PARTITION.incidents, sk: id };
}

/** A wish names a family, its service and its task definition in full, which may be more than a sort key holds. */
export function heldKey(key: string): Key {
  const fits = Buffer.byteLength(key) <= LONGEST_SORT_KEY_BYTES;
  return { pk: PARTITION.held, sk: fits ? key : `${key.slice(0, READABLE)} ${fingerprint(key)}` };
}

export function reservationPartition(fileSystemId: string): string {
  return `ids#${fileSystemId}`;
}

/** Zeros in front, so that the order of texts is the order of numbers; 4294967295 is the largest id. */
export function reservationKey(fileSystemId: string, id: number): Key {
  return { pk: reservationPartition(fileSystemId), sk: String(id).padStart(ID_DIGITS, '0') };
}

export function roomPartition(room: string): string {
  return `room#${room}`;
}

export function roomKey(room: string, name: string): Key {
  return { pk: roomPartition(room), sk: name };
}

export function thingPartition(resource: string): string {
  return `thing#${resource}`;
}

export function familyPartition(family: string): string {
  return `family#${family}`;
}

/** Families and volume names cannot hold a `#`, so the parts stay apart. */
export function familyOfThingKey(belonging: { resource: string; family: string; volume?: string }): Key {
  return { pk: thingPartition(belonging.resource), sk: `${belonging.family}#${belonging.volume ?? ''}` };
}

export function thingOfFamilyKey(belonging: { resource: string; family: string; volume?: string }): Key {
  return { pk: familyPartition(belonging.family), sk: `${belonging.resource}#${belonging.volume ?? ''}` };
}
