import type { Finding } from '../../../lib/domain/finding.ts';

export function codes(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ code }) => code);
}
