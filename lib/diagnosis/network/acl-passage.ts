import type { AclEntry, NetworkAcl } from '../../domain/ec2.ts';
import { type Cover, summarize } from './cover.ts';
import { holds, parseRange, type Range, samplesOf } from './range.ts';

/** One of the four passes of a connection between two subnets, as one of the two ACLs sees it. */
export interface Pass {
  readonly direction: 'ingress' | 'egress';
  readonly remote: Range;
  readonly ports: Ports;
}

export interface Ports {
  readonly from: number;
  readonly to: number;
}

/** What replies go to: NFS clients of EFS mount from an unprivileged port (`noresvport`). */
export const EPHEMERAL_PORTS: Ports = { from: 1024, to: 65_535 };

interface ReadEntry {
  readonly allow: boolean;
  readonly range: Range;
  readonly ports: Ports;
}

const ALL_PORTS: Ports = { from: 0, to: 65_535 };

/**
 * How much of a pass the ACL lets through: of all entries that match, the lowest number decides; none matching denies
 * (VPC user guide, "Network ACL rules").
 */
export function aclPassage(acl: NetworkAcl, pass: Pass): Cover {
  const entries = inOrder(acl, pass);
  const addresses = samplesOf(
    pass.remote,
    entries.map(({ range }) => range),
  );
  const ports = portSamples(pass.ports, entries);
  return summarize(addresses.flatMap((address) => ports.map((port) => allowed(entries, address, port))));
}

function inOrder(acl: NetworkAcl, { direction, remote }: Pass): readonly ReadEntry[] {
  return acl.entries
    .filter((entry) => entry.egress === (direction === 'egress'))
    .toSorted((one, other) => one.number - other.number)
    .flatMap((entry) => readEntry(entry, remote.family) ?? []);
}

function readEntry(entry: AclEntry, family: 4 | 6): ReadEntry | undefined {
  const cidr = family === 4 ? entry.ipv4Cidr : entry.ipv6Cidr;
  const range = cidr === undefined ? undefined : parseRange(cidr);
  const ports = portsOf(entry);
  return range && ports ? { allow: entry.allow, range, ports } : undefined;
}

function portsOf({ protocol, fromPort, toPort }: AclEntry): Ports | undefined {
  if (protocol === '-1') return ALL_PORTS;
  if (protocol !== '6' && protocol !== 'tcp') return undefined;
  return { from: fromPort ?? ALL_PORTS.from, to: toPort ?? ALL_PORTS.to };
}

function portSamples({ from, to }: Ports, entries: readonly ReadEntry[]): readonly number[] {
  const cuts = entries.flatMap(({ ports }) => [ports.from, ports.to + 1]);
  return [...new Set([from, ...cuts.filter((cut) => from < cut && cut <= to)])];
}

function allowed(entries: readonly ReadEntry[], address: bigint, port: number): boolean {
  const first = entries.find(({ range, ports }) => holds(range, address) && ports.from <= port && port <= ports.to);
  return first?.allow ?? false;
}
