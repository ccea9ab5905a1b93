import type { Finding } from '../../domain/finding.ts';
import type { JournalEntry } from '../../domain/journal.ts';
import { type Decision, EMPTY_PLAN } from '../../domain/plan.ts';
import { revertChange } from '../../plan/describe/invoke.ts';
import type { GoneFamily } from './gather-gone.ts';

/** What is left of a family that is gone: told, never taken away. */
export function orphansOf(gone: GoneFamily): readonly Decision[] {
  const findings = [...points(gone), ...gone.grants.map(grant), ...gone.rules.map(rule), ...reservations(gone)];
  if (findings.length === 0) return [];
  const fileSystemId = gone.accessPoints[0]?.belonging.fileSystemId;
  return [
    {
      subject: {
        family: gone.family,
        thing: `family:${gone.family}`,
        ...(fileSystemId === undefined ? {} : { fileSystemId }),
      },
      findings,
      plan: EMPTY_PLAN,
      keyring: {},
    },
  ];
}

function points({ accessPoints }: GoneFamily): readonly Finding[] {
  return accessPoints.flatMap(({ point }): readonly Finding[] => {
    if (point.state !== 'present') return [];
    const { id, path, fileSystemId } = point.value;
    return [{ code: 'access-point-orphaned', subject: id, evidence: { path, fileSystem: fileSystemId } }];
  });
}

function grant(entry: JournalEntry): Finding {
  const policy = entry.action.kind === 'put-role-policy' ? entry.action.policyName : '';
  return {
    code: 'orphan-grant',
    subject: entry.resource,
    evidence: { policy, change: entry.changeId, command: revertChange(entry.changeId) },
  };
}

function rule(entry: JournalEntry): Finding {
  return {
    code: 'orphan-rule',
    subject: entry.resource,
    evidence: {
      rule: entry.made?.['ruleId'] ?? '',
      change: entry.changeId,
      command: revertChange(entry.changeId),
    },
  };
}

function reservations({ reservations: all }: GoneFamily): readonly Finding[] {
  return all.map(({ id, fileSystemId, owner }) => ({
    code: 'orphan-reservation',
    subject: fileSystemId,
    evidence: { id: String(id), owner },
  }));
}
