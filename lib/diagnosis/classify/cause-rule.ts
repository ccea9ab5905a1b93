import type { FailureKind } from '../failure-kinds.ts';
import { type Wording, wording } from './wording.ts';

/**
 * Who prints such words, and so what it takes to believe that they are about an EFS mount.
 * `own`: only the EFS mount helper, the ECS volume plugin or ECS itself. `nfs`: any NFS client.
 * `disk`: any program with any file system. `agent`: the ECS agent, for volumes of every type.
 */
export type Speaker = 'own' | 'nfs' | 'disk' | 'agent';

export interface CauseRule {
  readonly kind: FailureKind;
  readonly speaker: Speaker;
  readonly why: string;
  readonly pattern: readonly Wording[];
  /** The words have causes of other kinds as well; a time-out told beside them decides. */
  readonly guess?: true;
}

/** Wordings written one after the other, with `|` between them. */
export function anyOf(list: string): readonly Wording[] {
  return list.split('|').map(wording);
}
