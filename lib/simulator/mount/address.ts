/** Addresses as whole numbers, wide enough for IPv6. */
interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/** Says whether an address or a whole narrower block lies in a block. Mixed families never do; a bad text is in nothing. */
export function cidrContains(block: string, addressOrBlock: string): boolean {
  const outer = parseBlock(block);
  const inner = parseBlock(addressOrBlock);
  if (outer === undefined || inner === undefined) return false;
  if (outer.bits !== inner.bits || inner.length < outer.length) return false;
  const shift = BigInt(outer.bits - outer.length);
  return outer.value >> shift === inner.value >> shift;
}

function parseBlock(text: string): (Address & { readonly length: number }) | undefined {
  const [host = '', length] = text.split('/');
  const address = host.includes(':') ? parseV6(host) : parseV4(host);
  if (address === undefined) return undefined;
  const bits = length === undefined ? address.bits : Number(length);
  const sane = Number.isInteger(bits) && bits >= 0 && bits <= address.bits;
  return sane ? { ...address, length: bits } : undefined;
}

function parseV4(text: string): Address | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || parts.some((part) => !/^\d{1,3}$/.test(part) || Number(part) > 255)) return undefined;
  return { bits: 32, value: parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n) };
}

function parseV6(text: string): Address | undefined {
  const [left = '', right, ...rest] = text.split('::');
  if (rest.length > 0) return undefined;
  const head = left === '' ? [] : left.split(':');
  const tail = right === undefined || right === '' ? [] : right.split(':');
  const gap = right === undefined ? 0 : 8 - head.length - tail.length;
  const groups = [...head, ...Array.from({ length: Math.max(gap, 0) }, () => '0'), ...tail];
  if (groups.length !== 8 || groups.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return { bits: 128, value: groups.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n) };
}

/** The n-th address of an IPv4 block, counted from its first. */
export function addressInBlock(block: string, offset: number): string {
  const parsed = parseBlock(block);
  if (parsed?.bits !== 32) throw new Error(`not an IPv4 block: ${block}`);
  const value = parsed.value + BigInt(offset);
  return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.');
}
