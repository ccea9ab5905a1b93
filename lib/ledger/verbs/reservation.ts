import type { Verb } from '../changing.ts';
import type { Reservation } from '../ledger.ts';
import type { Row } from '../rows.ts';

/** The first one has it for good: the files of an owner may outlive its access point, and carry its id. */
export function reserving(wanted: Reservation): Verb<{ readonly granted: boolean; readonly owner: string }> {
  return (found) => {
    const owner = (found as { readonly owner: string } | undefined)?.owner;
    if (owner === undefined) {
      return { answer: { granted: true, owner: wanted.owner }, write: { owner: wanted.owner } };
    }
    return { answer: { granted: owner === wanted.owner, owner } };
  };
}

export function reservationOf(fileSystemId: string, row: Row): Reservation {
  return { fileSystemId, id: Number(row.sk), owner: String(row.data['owner']) };
}
