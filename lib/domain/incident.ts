import type { FindingCode, Severity } from './finding.ts';

/** One trouble of one thing, told once a window and counted. */
export interface Incident {
  readonly id: string;
  readonly keeper: string;
  readonly thing: string;
  readonly family?: string;
  /** Of several that are told of together, the fingerprints of their names. */
  readonly families?: readonly string[];
  readonly fileSystemId?: string;
  readonly accessPointId?: string;
  readonly zoneName?: string;
  readonly codes: readonly FindingCode[];
  readonly severity: Severity;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
  /** When people were last told; within a window of it only a new cause or a higher severity breaks through. */
  readonly toldAtMs: number;
  /** The run that told them, or died on the way: its retry tells once more. */
  readonly toldBy?: string;
  readonly count: number;
  readonly lastRepairAtMs?: number;
  readonly status: 'firing' | 'resolved';
  readonly resolvedAtMs?: number;
}

/** What an occurrence does to its incident, and so whether people are told. */
export type Telling =
  | { readonly tell: true; readonly status: 'firing' | 'updated'; readonly incident: Incident }
  | { readonly tell: false; readonly incident: Incident };
