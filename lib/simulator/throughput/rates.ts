// What a file system of a given metered size earns, may burst to, and may store.
// EFS user guide, "Performance specifications" (https://docs.aws.amazon.com/efs/latest/ug/performance.html).

export type Mode = 'bursting' | 'provisioned' | 'elastic';

export const BYTES_PER_MIB = 1_048_576;
export const FULL_BUCKET_MIB = 2.1 * 1024 * 1024;

/** Per-file-system limits of the region, MiB/s; the large regions by default (EFS user guide, "Quotas"). */
export interface RegionLimits {
  readonly burstMibps: number;
  readonly provisionedMibps: number;
  readonly elasticMibps: number;
}

export const LARGE_REGION: RegionLimits = { burstMibps: 3072, provisionedMibps: 3414, elasticMibps: 5120 };

/** MiB/s earned, and the baseline that Standard storage includes: 50 KiB/s per GiB. */
export function earnedMibps(sizeGib: number): number {
  return (sizeGib * 50) / 1024;
}

export function burstMibps(sizeGib: number, limits: RegionLimits = LARGE_REGION): number {
  return Math.min(Math.max(100, (sizeGib * 100) / 1024), limits.burstMibps);
}

export function maximumCreditMib(sizeGib: number): number {
  return FULL_BUCKET_MIB * Math.max(1, sizeGib / 1024);
}

export interface Setting {
  readonly mode: Mode;
  /** Provisioned amount; 0 in the other modes. */
  readonly mibps: number;
}

/** Whether bursting rules apply: Bursting mode, or Provisioned at or below the included baseline. */
export function followsCredits(setting: Setting, sizeGib: number): boolean {
  return setting.mode === 'bursting' || (setting.mode === 'provisioned' && setting.mibps <= earnedMibps(sizeGib));
}

export interface Allowance {
  readonly setting: Setting;
  readonly sizeGib: number;
  readonly creditMib: number;
}

/** Metered MiB/s that the file system may serve in this minute. The floor of 1 MiB/s is served, though not earned. */
export function permittedMibps(now: Allowance, limits: RegionLimits = LARGE_REGION): number {
  if (now.setting.mode === 'elastic') return limits.elasticMibps;
  if (!followsCredits(now.setting, now.sizeGib)) return now.setting.mibps;
  return Math.max(1, Math.min(burstMibps(now.sizeGib, limits), earnedMibps(now.sizeGib) + now.creditMib / 60));
}
