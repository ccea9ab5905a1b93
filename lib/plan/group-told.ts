import { severityOf } from '../domain/finding.ts';
import type { Decision } from '../domain/plan.ts';

const NAMED_AT_MOST = 40;

/**
 * Many families of one file system that break for the same reason, with nothing to be repaired, are told in one alert:
 * of the file system, with the families at risk.
 */
export function groupTold(decisions: readonly Decision[]): readonly Decision[] {
  const groups = Map.groupBy(decisions, groupOf);
  return [...groups].flatMap(([name, group]) => (name === '' || !isSeveral(group) ? group : [together(group)]));
}

/** Empty: told by itself. */
function groupOf({ subject, findings, plan, quiet }: Decision): string {
  if (quiet || subject.fileSystemId === undefined || plan.steps.length + plan.withheld.length > 0) return '';
  const codes = findings.filter((finding) => severityOf(finding) === 'must-fix').map(({ code }) => code);
  return codes.length === 0 ? '' : `${subject.fileSystemId} ${[...new Set(codes)].toSorted().join(' ')}`;
}

function isSeveral(group: readonly Decision[]): boolean {
  return new Set(group.map(({ subject }) => subject.family)).size > 1;
}

/** The same of them speaks for all at every look, whichever came first: else it would be news each time. */
function together(group: readonly Decision[]): Decision {
  const [first] = group.toSorted((one, other) => ((one.subject.family ?? '') < (other.subject.family ?? '') ? -1 : 1));
  if (!first) throw new Error('a group of decisions has no first one');
  const families = [...new Set(group.flatMap(({ subject }) => subject.family ?? []))].toSorted();
  const more = families.length > NAMED_AT_MOST ? ` and ${families.length - NAMED_AT_MOST} more` : '';
  const atRisk = `${families.slice(0, NAMED_AT_MOST).join(' ')}${more}`;
  const fileSystemId = first.subject.fileSystemId ?? '';
  return {
    ...first,
    subject: { thing: fileSystemId, fileSystemId, families },
    findings: first.findings.map((finding) => ({ ...finding, evidence: { ...finding.evidence, families: atRisk } })),
  };
}
