import { seen } from '../../domain/fact.ts';
import type { Finding } from '../../domain/finding.ts';
import { aws } from '../../plan/describe/shell.ts';
import type { Bench } from './commands.ts';

const PASS = /^(ingress|egress) TCP (\d+)(?:-(\d+))? (?:to|from) (\S+)$/;
const LARGEST_NUMBER = 32_766;

/** One entry for each passage that the ACL does not let through, before every entry that is there. */
export function aclCommands(finding: Finding, { mount, region }: Bench): readonly string[] {
  const [aclId = ''] = finding.subject.split(' ');
  const acl = Object.values(mount.acls)
    .flatMap((fact) => seen(fact) ?? [])
    .find(({ id }) => id === aclId);
  const taken = new Set((acl?.entries ?? []).map(({ number, egress }) => `${egress} ${number}`));
  const lowest = Math.min(LARGEST_NUMBER, ...(acl?.entries ?? []).map(({ number }) => number));
  const passes = (finding.evidence['passes'] ?? '').split('; ').map((pass) => PASS.exec(pass));
  return passes.flatMap((pass) => {
    if (pass === null) return [];
    const [, direction = '', from = '', to = from, cidr = ''] = pass;
    const number = freeBefore(lowest, (one) => taken.has(`${direction === 'egress'} ${one}`));
    taken.add(`${direction === 'egress'} ${number}`);
    const where = cidr.includes(':')
      ? ['--ipv6-cidr-block', cidr]
      : ['--cidr-block', cidr.includes('/') ? cidr : `${cidr}/32`];
    const words = ['ec2', 'create-network-acl-entry', '--network-acl-id', aclId, `--${direction}`];
    const ports = ['--protocol', 'tcp', '--port-range', `From=${from},To=${to}`];
    return [aws([...words, '--rule-number', String(number), ...ports, ...where, '--rule-action', 'allow'], { region })];
  });
}

function freeBefore(lowest: number, isTaken: (number: number) => boolean): number {
  for (let number = Math.max(1, lowest - 10); number < LARGEST_NUMBER; number += 1) if (!isTaken(number)) return number;
  return LARGEST_NUMBER;
}
