import { DRIFT_FINDINGS } from './findings/drift.ts';
import { GUARD_FINDINGS } from './findings/guards.ts';
import { INSTALLATION_FINDINGS } from './findings/installation.ts';
import { MOUNT_FINDINGS } from './findings/mount.ts';
import { PROVISION_FINDINGS } from './findings/provision.ts';
import { THROUGHPUT_FINDINGS } from './findings/throughput.ts';

/** `must-fix`: a mount fails or data is at risk. `should-fix`: works today, will not tomorrow. `info`: worth saying. */
export type Severity = 'must-fix' | 'should-fix' | 'info';

export interface CatalogueRow {
  readonly severity: Severity;
  /** One line, without a full stop. */
  readonly title: string;
  /** What it means and what to do; complete sentences. */
  readonly remedy: string;
}

/** The one table of findings: the README's troubleshooting table, the doctor and the alerts are made from it. */
export const CATALOGUE = {
  ...MOUNT_FINDINGS,
  ...PROVISION_FINDINGS,
  ...DRIFT_FINDINGS,
  ...THROUGHPUT_FINDINGS,
  ...GUARD_FINDINGS,
  ...INSTALLATION_FINDINGS,
} as const satisfies Readonly<Record<string, CatalogueRow>>;

export type FindingCode = keyof typeof CATALOGUE;

/** One thing that is wrong, or worth saying, about one subject (an id, an ARN, a tag). */
export interface Finding {
  readonly code: FindingCode;
  readonly subject: string;
  /** Plain words and ids that prove it; never a whole event, an environment value or a credential. */
  readonly evidence: Readonly<Record<string, string>>;
}

export function severityOf(finding: Finding): Severity {
  return CATALOGUE[finding.code].severity;
}
