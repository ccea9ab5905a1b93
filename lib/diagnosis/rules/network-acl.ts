import type { Finding } from '../../domain/finding.ts';
import { type JudgedLeg, judgeLegs, legsOf } from '../acl-paths.ts';
import type { MountFacts, VolumeFacts } from '../mount-facts.ts';
import { concernsFailure } from '../paths.ts';
import { ELSEWHERE, finding, list, notChecked } from '../rule.ts';

/** One finding for each ACL that lets less than everything through. */
export function judgeAcls(facts: MountFacts, volume: VolumeFacts): readonly Finding[] {
  const legs = legsOf(facts, volume);
  const narrow = judgeLegs(facts, legs).filter(({ cover }) => cover !== 'all');
  const unread = [...new Set(legs.map(({ subnetId }) => subnetId))].filter((id) => facts.acls[id]?.state !== 'present');
  return [
    ...[...Map.groupBy(narrow, ({ acl }) => acl.id).values()].map((some) => tell(facts, volume, some)),
    ...unread.map((id) => notChecked('network ACLs', `${id}: ${whyUnread(facts, id)}`)),
  ];
}

function tell(facts: MountFacts, { efs }: VolumeFacts, legs: readonly JudgedLeg[]): Finding {
  const blocked = legs.filter(({ cover }) => cover === 'none');
  const told = blocked.length > 0 ? blocked : legs;
  const places = told.map(({ place }) => place);
  return finding(
    blocked.length > 0 ? 'network-acl-blocks' : 'network-acl-partial',
    list(told.map(({ acl }) => acl.id)),
    {
      subnets: list(told.map(({ subnetId }) => subnetId)),
      passes: [...new Set(told.map(wordsOf))].join('; '),
      fileSystem: efs.fileSystemId,
      ...(concernsFailure(facts, places) ? {} : ELSEWHERE),
    },
  );
}

function wordsOf({ direction, remote, exact, ports, cover }: JudgedLeg): string {
  const where = cover === 'none' ? (exact ?? remote) : remote;
  const range = ports.from === ports.to ? `${ports.from}` : `${ports.from}-${ports.to}`;
  return `${direction} TCP ${range} ${direction === 'egress' ? 'to' : 'from'} ${where.text}`;
}

function whyUnread({ acls }: MountFacts, subnetId: string): string {
  const acl = acls[subnetId];
  return acl?.state === 'unknown' ? acl.why : 'its network ACL was not read';
}
