import fc from 'fast-check';
import { aclPassage, EPHEMERAL_PORTS, type Pass } from '../../../lib/diagnosis/network/acl-passage.ts';
import { parseRange, type Range } from '../../../lib/diagnosis/network/range.ts';
import type { AclEntry } from '../../../lib/domain/ec2.ts';
import { scale } from '../../scale.ts';

function range(text: string): Range {
  return parseRange(text) ?? { family: 4, first: 0n, last: 0n };
}

function entry(number: number, allow: boolean, rest: Partial<AclEntry> = {}): AclEntry {
  return { number, allow, egress: true, protocol: '-1', ipv4Cidr: '0.0.0.0/0', ...rest };
}

function passage(entries: readonly AclEntry[], pass: Partial<Pass> = {}) {
  const acl = { id: 'acl-1', subnetIds: ['subnet-1'], entries };
  return aclPassage(acl, {
    direction: 'egress',
    remote: range('10.0.1.7'),
    ports: { from: 2049, to: 2049 },
    ...pass,
  });
}

const nfs = { protocol: '6', fromPort: 2049, toPort: 2049 };
const replies = { ports: EPHEMERAL_PORTS };

describe('the lowest number decides', () => {
  test.each<[string, readonly AclEntry[], string]>([
    ['no entry', [], 'none'],
    ['allow everything', [entry(100, true)], 'all'],
    ['a deny below an allow', [entry(100, true), entry(90, false, nfs)], 'none'],
    ['a deny above an allow', [entry(90, true), entry(100, false, nfs)], 'all'],
    ['a deny of another port', [entry(90, false, { ...nfs, fromPort: 22, toPort: 22 }), entry(100, true)], 'all'],
    ['a deny of another address', [entry(90, false, { ipv4Cidr: '10.0.2.0/24' }), entry(100, true)], 'all'],
    ['an allow of the other direction', [entry(100, true, { egress: false })], 'none'],
    ['an allow of udp', [entry(100, true, { ...nfs, protocol: '17' })], 'none'],
  ])('%s', (_name, entries, cover) => expect(passage(entries)).toBe(cover));

  test('an IPv6 entry says nothing about IPv4', () => {
    const { ipv4Cidr: _none, ...withoutIpv4 } = entry(100, true);
    const ipv6 = { ...withoutIpv4, ipv6Cidr: '::/0' };
    expect(passage([ipv6])).toBe('none');
    expect(passage([ipv6], { remote: range('fd00::7') })).toBe('all');
  });
});

describe('partly', () => {
  test('only the usual Linux ports are open for replies', () => {
    expect(passage([entry(100, true, { protocol: '6', fromPort: 32_768, toPort: 65_535 })], replies)).toBe('part');
  });

  test('half of the subnet is let in', () => {
    expect(passage([entry(100, true, { ipv4Cidr: '10.0.1.0/25' })], { remote: range('10.0.1.0/24') })).toBe('part');
  });

  test('port 2049 alone lets no reply back but those to 2049', () => {
    expect(passage([entry(100, true, nfs)], replies)).toBe('part');
    expect(passage([entry(100, true, { ...nfs, fromPort: 443, toPort: 443 })], replies)).toBe('none');
  });
});

test('the answer for a range is what walking the entries for each address and port gives', () => {
  const anyEntry = fc.record({
    number: fc.integer({ min: 1, max: 20 }),
    egress: fc.boolean(),
    allow: fc.boolean(),
    protocol: fc.constantFrom('6', '-1', '17'),
    ipv4Cidr: fc.tuple(fc.nat(15), fc.integer({ min: 27, max: 32 })).map(([host, bits]) => `10.0.1.${host}/${bits}`),
    fromPort: fc.integer({ min: 100, max: 106 }),
    toPort: fc.integer({ min: 103, max: 110 }),
  });
  const entries = fc.uniqueArray(anyEntry, { maxLength: 6, selector: ({ number, egress }) => `${number}${egress}` });
  fc.assert(
    fc.property(entries, fc.integer({ min: 28, max: 32 }), (some, bits) => {
      const remote = range(`10.0.1.0/${bits}`);
      const sorted = [...some].sort((one, other) => one.number - other.number).filter(({ egress }) => egress);
      const answers: boolean[] = [];
      for (let address = remote.first; address <= remote.last; address += 1n) {
        for (let port = 102; port <= 108; port += 1) {
          const hit = sorted.find(
            (one) =>
              range(one.ipv4Cidr).first <= address &&
              address <= range(one.ipv4Cidr).last &&
              (one.protocol === '-1' || (one.protocol === '6' && one.fromPort <= port && port <= one.toPort)),
          );
          answers.push(hit?.allow ?? false);
        }
      }
      const wanted = answers.every(Boolean) ? 'all' : answers.some(Boolean) ? 'part' : 'none';
      expect(passage(some, { remote, ports: { from: 102, to: 108 } })).toBe(wanted);
    }),
    { seed: 14, numRuns: scale(500) },
  );
});
