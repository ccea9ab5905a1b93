// What a file system may do at its size, in MiB and MiB/s.
// EFS user guide, "Performance specifications" (https://docs.aws.amazon.com/efs/latest/ug/performance.html).

export const MIB = 1_048_576;
const BUCKET_MIB = 2.1 * 1024 * 1024;

export interface Allowance {
  /** Earned, and included with Standard storage: 50 KiB/s per GiB. */
  readonly baselineMibps: number;
  readonly burstMibps: number;
  readonly fullMib: number;
}

export function allowanceOf(sizeStandardGib: number): Allowance {
  return {
    baselineMibps: (sizeStandardGib * 50) / 1024,
    burstMibps: Math.min(3072, Math.max(100, (sizeStandardGib * 100) / 1024)),
    fullMib: BUCKET_MIB * Math.max(1, sizeStandardGib / 1024),
  };
}

/** Served while credits last, and the floor of 1 MiB/s without. */
export function permittedOnCredits(allowance: Allowance, creditMib: number): number {
  return Math.max(1, Math.min(allowance.burstMibps, allowance.baselineMibps + creditMib / 60));
}
