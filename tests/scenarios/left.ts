import type { Account } from '../../lib/simulator/account.ts';
import { touched } from './stage.ts';

type Json = Readonly<Record<string, unknown>>;

/** What the clock alone writes into the account: messages of services, how far a grant has spread. */
const BY_TIME = ['events', 'lingering', 'effectiveFromMs', 'deployments', 'runningCount', 'pendingCount', 'logs'];

/** What Mountkeeper, or anybody, left changed in the account; without what the clock alone writes. */
export function left(account: Account): unknown {
  return without(touched(account));
}

function without(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(without);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value as Json).filter(([name]) => !BY_TIME.includes(name));
  return Object.fromEntries(members.map(([name, member]) => [name, without(member)]));
}
