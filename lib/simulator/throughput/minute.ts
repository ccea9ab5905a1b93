import { elasticUsd, type Prices, provisionedUsdPerMinute, US_EAST_1 } from './money.ts';
import {
  earnedMibps,
  followsCredits,
  LARGE_REGION,
  maximumCreditMib,
  permittedMibps,
  type RegionLimits,
  type Setting,
} from './rates.ts';

/** What AWS does not document: how credits move while Provisioned above the baseline. */
export type Accrual = 'storage' | 'max' | 'frozen';

export interface Physics {
  readonly accrual: Accrual;
  readonly limits: RegionLimits;
  readonly prices: Prices;
}

export const PHYSICS: Physics = { accrual: 'storage', limits: LARGE_REGION, prices: US_EAST_1 };

/** Offered raw MiB/s, before the read discount. */
export interface Load {
  readonly readMibps: number;
  readonly writeMibps: number;
}

/** Reads are metered at one third (EFS user guide, "Metering: How Amazon EFS reports file system and object sizes"). */
export function meteredMibps(load: Load): number {
  return load.readMibps / 3 + load.writeMibps;
}

export interface Work {
  readonly creditMib: number;
  /** Work that waits, raw MiB. */
  readonly backlogReadMib: number;
  readonly backlogWriteMib: number;
}

export interface Minute extends Work {
  readonly permittedMibps: number;
  readonly offeredMibps: number;
  readonly servedMibps: number;
  readonly throttled: boolean;
  /** Metered MiB of this minute's own load that were not served in it, first in first out. */
  readonly delayedMib: number;
  readonly usd: number;
}

export interface Moment {
  readonly setting: Setting;
  readonly sizeGib: number;
  readonly load: Load;
}

/** One minute of one file system: what is offered, permitted, served, earned, waiting and billed. */
export function liveMinute(before: Work, moment: Moment, physics: Physics = PHYSICS): Minute {
  const { setting, sizeGib, load } = moment;
  const readMib = load.readMibps * 60 + before.backlogReadMib;
  const writeMib = load.writeMibps * 60 + before.backlogWriteMib;
  const offered = (readMib / 3 + writeMib) / 60;
  const permitted = permittedMibps({ setting, sizeGib, creditMib: before.creditMib }, physics.limits);
  const served = Math.min(offered, permitted);
  const share = offered > 0 ? served / offered : 1;
  const ownServedMib = Math.max(0, served * 60 - (before.backlogReadMib / 3 + before.backlogWriteMib));
  const moved = { readMib: readMib * share, writeMib: writeMib * share };
  return {
    creditMib: creditAfter(before.creditMib, served, { moment, physics }),
    backlogReadMib: readMib - moved.readMib,
    backlogWriteMib: writeMib - moved.writeMib,
    permittedMibps: permitted,
    offeredMibps: offered,
    servedMibps: served,
    throttled: isThrottled(offered, served),
    delayedMib: Math.max(0, meteredMibps(load) * 60 - ownServedMib),
    usd:
      setting.mode === 'elastic'
        ? elasticUsd(moved, physics.prices)
        : provisionedUsdPerMinute(setting, sizeGib, physics.prices),
  };
}

/** A minute counts as throttled when more than a hundredth of what is offered, and more than 0.05 MiB/s, has to wait. */
export function isThrottled(offered: number, served: number): boolean {
  return offered - served > Math.max(0.05, offered * 0.01);
}

function creditAfter(creditMib: number, served: number, at: { moment: Moment; physics: Physics }): number {
  const { setting, sizeGib } = at.moment;
  if (setting.mode === 'elastic') return creditMib;
  const paid = !followsCredits(setting, sizeGib);
  if (paid && at.physics.accrual === 'frozen') return creditMib;
  const earned = paid && at.physics.accrual === 'max' ? setting.mibps : earnedMibps(sizeGib);
  return Math.min(maximumCreditMib(sizeGib), Math.max(0, creditMib + 60 * (earned - served)));
}
