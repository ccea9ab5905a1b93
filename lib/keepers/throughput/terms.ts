// What the throughput policy is asked and what it answers.
import type { ThroughputMemory } from './memory.ts';

export type ThroughputMode = 'bursting' | 'provisioned' | 'elastic';

export interface ModeChange {
  readonly mode: ThroughputMode;
  readonly mibps?: number;
}

export interface FileSystemNow {
  readonly id: string;
  readonly mode: ThroughputMode;
  readonly mibps?: number;
  /** SizeInBytes.ValueInStandard, the only size that earns. */
  readonly sizeStandardGib: number;
  readonly lifeCycleState: string;
  readonly performanceMode?: string;
}

/** One minute of CloudWatch; what is missing is null, never zero. */
export interface MinutePoint {
  readonly at: number;
  readonly creditBytes: number | null;
  readonly permittedBytesPerSecond: number | null;
  readonly meteredBytes: number | null;
  readonly percentIoLimit?: number | null;
}

export interface Refusal {
  readonly at: number;
  readonly error: string;
  readonly message: string;
}

export interface ThroughputPrices {
  /** For a MiB/s above the included baseline and 30 days. */
  readonly provisionedUsdPerMibpsMonth: number;
  /** For a metered GiB; the dearer of writes and of reads, which are metered at a third. */
  readonly elasticUsdPerMeteredGib: number;
}

/** us-east-1 (https://aws.amazon.com/efs/pricing/). */
export const US_EAST_1_PRICES: ThroughputPrices = { provisionedUsdPerMibpsMonth: 6, elasticUsdPerMeteredGib: 0.09 };

export interface ThroughputSettings {
  /** What a throttled minute is worth to the owner. */
  readonly throttledMinuteUsd: number;
  readonly maxMibps: number;
  readonly maxMonthlyUsd: number;
  readonly prices: ThroughputPrices;
  /** The tag mountkeeper:throughput-target = any. */
  readonly allowElastic: boolean;
}

export const DEFAULT_SETTINGS: ThroughputSettings = {
  throttledMinuteUsd: 0.05,
  maxMibps: 256,
  maxMonthlyUsd: 100,
  prices: US_EAST_1_PRICES,
  allowElastic: false,
};

export type ThroughputCode =
  | 'credits-exhaustion-expected'
  | 'credits-exhausted'
  | 'throughput-short'
  | 'throughput-locked'
  | 'throughput-budget'
  | 'throughput-capacity'
  | 'throughput-changed-elsewhere'
  | 'throughput-set-by-owner'
  | 'throughput-metrics-missing'
  | 'throughput-parking-refuted'
  | 'io-limit-reached'
  | 'throughput-refused';

export interface ThroughputFinding {
  readonly code: ThroughputCode;
  readonly evidence: Readonly<Record<string, string>>;
}

export interface CreditForecast {
  /** Balance expected now, a few minutes after the newest point. */
  readonly creditMib: number;
  readonly demandMibps: number;
  readonly baselineMibps: number;
  /** Earliest and latest exhaustion over the scenarios; null where a scenario does not run dry. */
  readonly earliestMs: number | null;
  readonly latestMs: number | null;
  readonly scenarios: number;
  /** What a day of Elastic may cost; null where Elastic is not in question. */
  readonly elasticDayUsd: number | null;
}

export interface ThroughputInput {
  readonly now: number;
  readonly fileSystem: FileSystemNow;
  readonly points: readonly MinutePoint[];
  readonly refusal?: Refusal;
  readonly settings: ThroughputSettings;
  readonly memory?: ThroughputMemory;
}

export interface ThroughputDecision {
  readonly action: ModeChange | null;
  readonly nextPollMinutes: number;
  /** For so long credits last even at the burst rate; 0 where that is not what counts. */
  readonly safeMinutes: number;
  readonly why: string;
  readonly findings: readonly ThroughputFinding[];
  readonly forecast: CreditForecast | null;
  readonly memory: ThroughputMemory;
}
