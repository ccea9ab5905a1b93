import { BlockList } from 'node:net';
import fc from 'fast-check';
import { coverOf } from '../../../lib/diagnosis/network/cover.ts';
import { contains, holds, parseRange, type Range } from '../../../lib/diagnosis/network/range.ts';
import { scale } from '../../scale.ts';

function range(text: string): Range {
  const parsed = parseRange(text);
  if (parsed === undefined) throw new Error(`no range: ${text}`);
  return parsed;
}

const ipv4 = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)).map((bytes) => bytes.join('.'));
const ipv6 = fc
  .array(fc.nat(0xffff), { minLength: 8, maxLength: 8 })
  .map((groups) => groups.map((group) => group.toString(16)).join(':'));

describe('reading', () => {
  test.each([
    '10.0.0',
    '10.0.0.256',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '10.0.0.0/-1',
    'a.b.c.d',
    '',
    '1::2::3',
    '1:2:3',
    '1:2:3:4:5:6:7:8::',
    'fd00::/129',
    'fd00::zz',
    '::1.2.3',
  ])('%p is no address', (text) => expect(parseRange(text)).toBeUndefined());

  test('a short IPv6 text is the long one', () => {
    expect(range('2001:db8::1')).toEqual(range('2001:0db8:0:0:0:0:0:0001'));
    expect(range('::ffff:192.0.2.1')).toEqual(range('::ffff:c000:201'));
    expect(range('::/0').last).toBe((1n << 128n) - 1n);
  });

  test('host bits of a block do not count', () => expect(range('10.0.0.77/24')).toEqual(range('10.0.0.0/24')));
});

describe('against node:net', () => {
  test.each([
    ['ipv4', ipv4, 32],
    ['ipv6', ipv6, 128],
  ] as const)('%s blocks contain what a block list contains', (family, address, bits) => {
    fc.assert(
      fc.property(address, address, fc.nat(bits), fc.boolean(), (network, other, length, near) => {
        const list = new BlockList();
        list.addSubnet(network, length, family);
        const asked = near ? network : other;
        expect(contains(range(`${network}/${length}`), range(asked))).toBe(list.check(asked, family));
      }),
      { seed: 11, numRuns: scale(500) },
    );
  });
});

describe('cover', () => {
  const near = fc
    .tuple(fc.nat(63), fc.integer({ min: 25, max: 32 }))
    .map(([host, length]) => `10.0.0.${host}/${length}`);

  test('of a small subnet is what asking for each of its addresses gives', () => {
    fc.assert(
      fc.property(fc.array(near, { maxLength: 6 }), fc.integer({ min: 26, max: 32 }), (cidrs, length) => {
        const subnet = range(`10.0.0.16/${length}`);
        const covered: boolean[] = [];
        for (let address = subnet.first; address <= subnet.last; address += 1n) {
          covered.push(cidrs.some((cidr) => holds(range(cidr), address)));
        }
        const wanted = covered.every(Boolean) ? 'all' : covered.some(Boolean) ? 'part' : 'none';
        expect(coverOf(subnet, cidrs.map(range))).toBe(wanted);
      }),
      { seed: 12, numRuns: scale(1_000) },
    );
  });

  test('two halves are the whole', () => {
    expect(coverOf(range('10.0.0.0/24'), [range('10.0.0.0/25'), range('10.0.0.128/25')])).toBe('all');
  });

  test('an IPv6 block covers no IPv4 address', () => {
    expect(coverOf(range('10.0.0.0/24'), [range('::/0')])).toBe('none');
  });
});
