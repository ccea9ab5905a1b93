import type { Finding } from '../../../domain/finding.ts';
import { oneLine } from '../safe-text.ts';

/** What could not be looked at, and why: never silently left out. */
export function notChecked(findings: readonly Finding[]): readonly string[] {
  const lines = findings
    .filter(({ code }) => code === 'not-checked')
    .map(({ subject, evidence }) => {
      const reasons = Object.values(evidence)
        .filter((reason) => reason !== subject)
        .map((reason) => oneLine(reason, 160));
      return `  - ${oneLine(subject)}${reasons.length === 0 ? '' : `: ${reasons.join('; ')}`}`;
    });
  return [...new Set(lines)];
}
