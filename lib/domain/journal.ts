import type { Action } from './action.ts';
import type { FindingCode } from './finding.ts';

/** One change in the journal: the intent is written before the call, what came of it after. */
export interface JournalEntry {
  /** Sorts by time: `<milliseconds, base 36>-<random>`. It is on the changed thing as the tag `mountkeeper:journal`, where AWS has tags. */
  readonly changeId: string;
  readonly atMs: number;
  readonly keeper: string;
  readonly incident?: string;
  readonly family?: string;
  readonly fileSystemId?: string;
  /** What was changed: group id, role name, access point, service ARN … */
  readonly resource: string;
  readonly because: readonly FindingCode[];
  readonly action: Action;
  readonly state: 'intended' | 'done' | 'already' | 'failed' | 'reverted';
  /** Ids that AWS gave: `ruleId`, `accessPointId`, `taskDefinitionArn` … */
  readonly made?: Readonly<Record<string, string>>;
  readonly why?: string;
  /** The invocation that wrote it: its retry settles at once what it left behind. */
  readonly run?: string;
  /** People were told: what was changed and never told is told by the next run. */
  readonly told?: boolean;
}
