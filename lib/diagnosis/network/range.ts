/** A stretch of addresses of one family, both ends included. */
export interface Range {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

const BITS = { 4: 32, 6: 128 } as const;

/** Reads a CIDR block or a single address, IPv4 or IPv6; undefined where the text is neither. */
export function parseRange(text: string): Range | undefined {
  const [host = '', length, ...rest] = text.split('/');
  const family = host.includes(':') ? 6 : 4;
  const value = family === 6 ? parseIpv6(host) : parseIpv4(host);
  if (value === undefined || rest.length > 0) return undefined;
  if (length !== undefined && !/^\d{1,3}$/.test(length)) return undefined;
  const hostBits = BITS[family] - Number(length ?? BITS[family]);
  if (hostBits < 0) return undefined;
  const size = 1n << BigInt(hostBits);
  const first = value - (value % size);
  return { family, first, last: first + size - 1n };
}

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function parseIpv6(text: string): bigint | undefined {
  const halves = withoutDottedTail(text)?.split('::');
  if (halves === undefined || halves.length > 2) return undefined;
  const [left = [], right] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - left.length - (right?.length ?? 0);
  if (right === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...left, ...Array.from({ length: missing }, () => '0'), ...(right ?? [])];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
}

/** `::ffff:192.0.2.1` with its last four bytes written as two groups. */
function withoutDottedTail(text: string): string | undefined {
  if (!text.includes('.')) return text;
  const at = text.lastIndexOf(':') + 1;
  const tail = parseIpv4(text.slice(at));
  if (tail === undefined) return undefined;
  return `${text.slice(0, at)}${(tail >> 16n).toString(16)}:${(tail & 65_535n).toString(16)}`;
}

export function contains(outer: Range, inner: Range): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

/**
 * One address out of each stretch of `range` within which none of the `others` begins or ends: what holds for these
 * addresses holds for the whole range.
 */
export function samplesOf(range: Range, others: readonly Range[]): readonly bigint[] {
  const cuts = others.filter(({ family }) => family === range.family).flatMap(({ first, last }) => [first, last + 1n]);
  const inside = cuts.filter((cut) => range.first < cut && cut <= range.last);
  return [...new Set([range.first, ...inside])];
}

export function holds(range: Range, address: bigint): boolean {
  return range.first <= address && address <= range.last;
}
