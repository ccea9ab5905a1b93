import { type Finding, severityOf } from '../domain/finding.ts';
import type { Diagnosis } from './diagnose.ts';
import { RULES } from './rules.ts';

const OF_REFUSALS = new Set(
  RULES.filter(({ explains }) => explains.includes('posix-permission')).map(({ title }) => title),
);

/**
 * For a task whose stop reason does not speak of EFS: what its own log was refused under a mounted path, with the faults
 * that can be behind it before. Nothing where the log says nothing.
 */
export function saidByLog({ checks, findings }: Diagnosis): readonly Finding[] {
  if (!findings.some(({ code }) => code === 'application-permission-denied')) return [];
  const refusals = new Set(checks.flatMap((check) => (OF_REFUSALS.has(check.title) ? check.findings : [])));
  return findings.filter((one) => severityOf(one) === 'must-fix' && refusals.has(one));
}
