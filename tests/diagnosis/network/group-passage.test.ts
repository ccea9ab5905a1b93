import fc from 'fast-check';
import { groupPassage, type Peer } from '../../../lib/diagnosis/network/group-passage.ts';
import { parseRange, type Range } from '../../../lib/diagnosis/network/range.ts';
import type { GroupRule, PrefixList, RulePeer, SecurityGroup } from '../../../lib/domain/ec2.ts';
import { absent, type Fact, present, unknown } from '../../../lib/domain/fact.ts';
import { scale } from '../../scale.ts';

const CLIENT = 'sg-0000000000000000c';
const TARGET = 'sg-0000000000000000m';
const LIST = 'pl-00000000000000001';

function range(text: string): Range {
  return parseRange(text) ?? { family: 4, first: 0n, last: 0n };
}

function group(rules: readonly GroupRule[], id = TARGET): SecurityGroup {
  return { id, name: id, vpcId: 'vpc-1', ownerId: '111122223333', ingress: rules, egress: [], tags: {} };
}

function tcp(peer: RulePeer, fromPort = 2049, toPort = 2049): GroupRule {
  return { protocol: 'tcp', fromPort, toPort, peer };
}

const from = (cidr: string): RulePeer => ({ kind: cidr.includes(':') ? 'ipv6' : 'ipv4', cidr });
const fromGroup = (groupId: string): RulePeer => ({ kind: 'group', groupId });
const fromList: RulePeer = { kind: 'prefix-list', prefixListId: LIST };

interface Setting {
  readonly groups?: Readonly<Record<string, Fact<SecurityGroup>>>;
  readonly prefixLists?: Readonly<Record<string, Fact<PrefixList>>>;
  readonly peer?: Partial<Peer>;
}

function passage(rules: readonly GroupRule[], { groups, prefixLists, peer }: Setting = {}) {
  const side = {
    groups: { [TARGET]: present(group(rules)), ...groups },
    direction: 'ingress',
    prefixLists: prefixLists ?? {},
  } as const;
  return groupPassage(side, { groupIds: present([CLIENT]), range: range('10.0.1.0/24'), ...peer });
}

const list = (cidrs: readonly string[]) => ({ [LIST]: present({ id: LIST, cidrs, maxEntries: 10 }) });

describe('one rule', () => {
  test.each<[string, GroupRule, string]>([
    ['the group of the peer', tcp(fromGroup(CLIENT)), 'all'],
    ['another group', tcp(fromGroup('sg-0000000000000000d')), 'none'],
    ['itself, which the peer is not in', tcp(fromGroup(TARGET)), 'none'],
    ['protocol 6', { ...tcp(fromGroup(CLIENT)), protocol: '6' }, 'all'],
    ['udp', { ...tcp(fromGroup(CLIENT)), protocol: 'udp' }, 'none'],
    ['another protocol number', { protocol: '47', peer: fromGroup(CLIENT) }, 'none'],
    ['-1 without ports', { protocol: '-1', peer: fromGroup(CLIENT) }, 'all'],
    ['-1 with ports that do not count', { protocol: '-1', fromPort: 80, toPort: 80, peer: fromGroup(CLIENT) }, 'all'],
    ['ports 2000-3000', tcp(fromGroup(CLIENT), 2000, 3000), 'all'],
    ['ports 2050-3000', tcp(fromGroup(CLIENT), 2050, 3000), 'none'],
    ['ports 0-2048', tcp(fromGroup(CLIENT), 0, 2048), 'none'],
    ['the whole VPC', tcp(from('10.0.0.0/16')), 'all'],
    ['half of the subnet', tcp(from('10.0.1.128/25')), 'part'],
    ['another subnet', tcp(from('10.0.2.0/24')), 'none'],
    ['all of IPv6', tcp(from('::/0')), 'none'],
  ])('%s', (_name, rule, cover) => expect(passage([rule])).toEqual({ cover }));
});

describe('together', () => {
  test('rules of all groups count', () => {
    const groups = { 'sg-2': present(group([tcp(from('10.0.1.0/25'))], 'sg-2')) };
    expect(passage([tcp(from('10.0.1.128/25'))], { groups })).toEqual({ cover: 'all' });
  });

  test('a self reference admits a peer that shares the group', () => {
    expect(passage([tcp(fromGroup(TARGET))], { peer: { groupIds: present([TARGET]) } })).toEqual({ cover: 'all' });
  });

  test('a group reference covers IPv6', () => {
    expect(passage([tcp(fromGroup(CLIENT))], { peer: { range: range('fd00::/64') } })).toEqual({ cover: 'all' });
  });

  test('no rule at all lets nothing through', () => expect(passage([])).toEqual({ cover: 'none' }));

  test('entries of a prefix list count like CIDR blocks', () => {
    expect(passage([tcp(fromList)], { prefixLists: list(['192.0.2.0/24', '10.0.1.0/24']) })).toEqual({ cover: 'all' });
    expect(passage([tcp(fromList)], { prefixLists: list(['192.0.2.0/24']) })).toEqual({ cover: 'none' });
  });
});

describe('what could not be read', () => {
  test('makes the answer unknown where it might let more through', () => {
    expect(passage([tcp(fromList)])).toEqual({ cover: 'unknown', why: `the prefix list ${LIST} was not read` });
    expect(passage([], { groups: { 'sg-2': unknown('denied') } })).toEqual({ cover: 'unknown', why: 'sg-2: denied' });
    expect(passage([tcp(fromGroup(CLIENT))], { peer: { groupIds: unknown('throttled') } })).toEqual({
      cover: 'unknown',
      why: 'throttled',
    });
  });

  test('does not matter where another rule opens everything', () => {
    const groups = { 'sg-2': unknown('denied') };
    expect(passage([tcp(from('0.0.0.0/0'))], { groups })).toEqual({ cover: 'all' });
  });

  test('does not matter where its port is not 2049', () => {
    expect(passage([tcp(fromList, 443, 443)])).toEqual({ cover: 'none' });
  });

  test('a deleted group has no rules', () => {
    expect(passage([], { groups: { 'sg-2': absent } })).toEqual({ cover: 'none' });
  });
});

test('for a known address, any rule that matches it is found by asking each rule alone', () => {
  const cidr = fc.tuple(fc.nat(31), fc.integer({ min: 24, max: 32 })).map(([host, bits]) => `10.0.1.${host}/${bits}`);
  const peer = fc.oneof(
    cidr.map(from),
    fc.constantFrom(CLIENT, TARGET, 'sg-x').map(fromGroup),
    fc.constant<RulePeer>(fromList),
  );
  const rule = fc.record({
    protocol: fc.constantFrom('tcp', '6', '-1', 'udp', '17', '50'),
    fromPort: fc.constantFrom(0, 1024, 2049, 2050),
    toPort: fc.constantFrom(2048, 2049, 65_535),
    peer,
  });
  fc.assert(
    fc.property(
      fc.array(rule, { maxLength: 6 }),
      fc.nat(31),
      fc.array(cidr, { maxLength: 3 }),
      (rules, host, cidrs) => {
        const address = range(`10.0.1.${host}`);
        const inBlock = (text: string) => {
          const { first, last } = range(text);
          return first <= address.first && address.first <= last;
        };
        const admits = (one: GroupRule) => {
          const ports = one.protocol === '-1' || ((one.fromPort ?? 0) <= 2049 && 2049 <= (one.toPort ?? 0));
          if (!['tcp', '6', '-1'].includes(one.protocol) || !ports) return false;
          if (one.peer.kind === 'group') return one.peer.groupId === CLIENT;
          return one.peer.kind === 'prefix-list' ? cidrs.some(inBlock) : inBlock(one.peer.cidr);
        };
        expect(passage(rules, { prefixLists: list(cidrs), peer: { range: address } })).toEqual({
          cover: rules.some(admits) ? 'all' : 'none',
        });
      },
    ),
    { seed: 13, numRuns: scale(1_000) },
  );
});
