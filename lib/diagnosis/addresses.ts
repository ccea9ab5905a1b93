import type { FailureKind } from './failure-kinds.ts';
import type { MountFacts } from './mount-facts.ts';
import { parseRange, type Range } from './network/range.ts';
import type { Path } from './paths.ts';

/** Addresses that one end may have, as written and as a range. */
export interface Spot {
  readonly text: string;
  readonly range: Range;
}

/** Both ends of a path in one address family. */
export interface AddressPair {
  readonly target: Spot;
  /** The whole subnet: a later task gets another address than the one before. */
  readonly client: Spot;
  /** The address that the client had when it failed. */
  readonly exactClient?: Spot;
  /** Whether a mount fails where this family is blocked. */
  readonly needed: boolean;
}

/** Stop reasons that a blocked network can be behind. */
export const NETWORK_KINDS: ReadonlySet<FailureKind> = new Set([
  'network-timeout',
  'connection-reset',
  'mount-unknown',
]);

/**
 * The families that a mount can use. Where both ends have IPv6 too, a task may use it or not (an account setting of ECS,
 * `dualStackIPv6`), so IPv6 counts as needed only where there is nothing else, or once the network has failed.
 */
export function addressPairs({ told }: MountFacts, { place, subnet, target }: Path): readonly AddressPair[] {
  const exact = spot(place.ipv4);
  const four = pair(target.ipv4, subnet.ipv4Cidr, true);
  const six = pair(target.ipv6, subnet.ipv6Cidr, !target.ipv4 || (told !== undefined && NETWORK_KINDS.has(told.kind)));
  return [four && exact ? { ...four, exactClient: exact } : four, six].filter((one) => one !== undefined);
}

function pair(there: string | undefined, here: string | undefined, needed: boolean): AddressPair | undefined {
  const [target, client] = [spot(there), spot(here)];
  return target && client ? { target, client, needed } : undefined;
}

function spot(text: string | undefined): Spot | undefined {
  const range = text === undefined ? undefined : parseRange(text);
  return text !== undefined && range ? { text, range } : undefined;
}
