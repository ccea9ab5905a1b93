import { earnedMibps, type Setting } from './rates.ts';

/** us-east-1, as published in 2026 (https://aws.amazon.com/efs/pricing/, https://aws.amazon.com/cloudwatch/pricing/). */
export interface Prices {
  readonly provisionedUsdPerMibpsMonth: number;
  readonly elasticReadUsdPerGib: number;
  readonly elasticWriteUsdPerGib: number;
  readonly metricUsd: number;
}

export const US_EAST_1: Prices = {
  provisionedUsdPerMibpsMonth: 6,
  elasticReadUsdPerGib: 0.03,
  elasticWriteUsdPerGib: 0.06,
  metricUsd: 0.00001,
};

const MINUTES_PER_MONTH = 43_200;

/** Dollars for one minute of a setting; only what exceeds the baseline that storage includes is billed. */
export function provisionedUsdPerMinute(setting: Setting, sizeGib: number, prices: Prices = US_EAST_1): number {
  if (setting.mode !== 'provisioned') return 0;
  const billed = Math.max(0, setting.mibps - earnedMibps(sizeGib));
  return (billed * prices.provisionedUsdPerMibpsMonth) / MINUTES_PER_MONTH;
}

export interface RawMib {
  readonly readMib: number;
  readonly writeMib: number;
}

export function elasticUsd(moved: RawMib, prices: Prices = US_EAST_1): number {
  return (moved.readMib / 1024) * prices.elasticReadUsdPerGib + (moved.writeMib / 1024) * prices.elasticWriteUsdPerGib;
}
