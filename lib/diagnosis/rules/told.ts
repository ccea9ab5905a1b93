import type { Finding, FindingCode } from '../../domain/finding.ts';
import type { FailureKind } from '../failure-kinds.ts';
import type { MountFacts, VolumeFacts } from '../mount-facts.ts';
import { finding } from '../rule.ts';

interface Row {
  readonly code: FindingCode;
  /** Which of the volumes it can be; undefined: any. */
  readonly fits?: (volume: VolumeFacts) => boolean;
  readonly evidence?: (volume: VolumeFacts) => Readonly<Record<string, string>>;
}

const hasDirectory = ({ efs }: VolumeFacts) => (efs.rootDirectory ?? '/') !== '/' && efs.accessPointId === undefined;

/** Causes that no AWS API shows: where nothing else explains the failure, the stop reason is taken at its word. */
const ROWS: Partial<Readonly<Record<FailureKind, Row>>> = {
  'root-directory-not-found': {
    code: 'root-directory-not-found',
    fits: hasDirectory,
    evidence: ({ efs }) => ({ rootDirectory: efs.rootDirectory ?? '/' }),
  },
  'tls-tunnel-failed': {
    code: 'tls-tunnel-failed',
    fits: ({ efs }) => efs.transitEncryption,
    evidence: ({ efs }) => ({ transitEncryptionPort: String(efs.transitEncryptionPort ?? 'chosen by the helper') }),
  },
  'helper-metadata': { code: 'helper-metadata-missing' },
  'volume-limit-or-throttle': { code: 'client-limit' },
};

export function judgeTold({ told }: MountFacts, volume: VolumeFacts): readonly Finding[] {
  const row = told && ROWS[told.kind];
  if (!row || row.fits?.(volume) === false) return [];
  const evidence = { volume: volume.name, stopReason: told.cause, ...row.evidence?.(volume) };
  return [finding(row.code, volume.efs.fileSystemId, evidence)];
}
