import { readFileSync } from 'node:fs';
import type { Reason, ReasonField, VolumeType } from '../../../lib/diagnosis/classify/types.ts';
import type { FailureKind } from '../../../lib/diagnosis/failure-kinds.ts';

export interface CorpusRow {
  readonly id: string;
  readonly kind: FailureKind;
  readonly field: ReasonField;
  readonly launchType: string | null;
  readonly stopCode: string | null;
  readonly text: string;
  readonly needsTaskDefinition: boolean;
}

export const CORPUS: readonly CorpusRow[] = readFileSync('tests/corpus/mount-failures.jsonl', 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => JSON.parse(line));

/** A row as a reason; with the volumes that its label stands on, where the text alone cannot carry it. */
export function reasonOf(row: CorpusRow): Reason {
  const volumes: readonly VolumeType[] = row.kind === 'not-efs' ? ['docker', 'bind'] : ['efs'];
  return { ...textOf(row), ...(row.needsTaskDefinition ? { volumes } : {}) };
}

export function textOf(row: CorpusRow): Reason {
  return {
    text: row.text,
    field: row.field,
    ...(row.stopCode === null ? {} : { stopCode: row.stopCode }),
    ...(row.launchType === null ? {} : { launchType: row.launchType }),
  };
}
