import { TAG, type Tags } from '../../domain/tags.ts';
import type { Settings } from '../../settings.ts';
import { DEFAULT_SETTINGS, type ThroughputPrices, type ThroughputSettings, US_EAST_1_PRICES } from './terms.ts';

/** The prices that the policy comes with are those of this Region. */
const PRICED_REGION = 'us-east-1';
/** Reads are metered at a third, so a metered GiB is three read ones. */
const READS_PER_METERED = 3;
/** More than any throttled minute is worth; a larger number would only leave the range in which sums are exact. */
const MOST_A_MINUTE_USD = 1_000;

export type Prices = ThroughputPrices & {
  /** Whether they are those of this Region; else they are told as an estimate and nothing is bought. */
  readonly areKnown: boolean;
};

export function pricesOf(settings: Settings): Prices {
  const { provisionedMibpsMonthUsd, elasticReadGbUsd, elasticWriteGbUsd, region } = settings;
  const isHome = region === PRICED_REGION;
  const elastic =
    elasticReadGbUsd === '' || elasticWriteGbUsd === ''
      ? US_EAST_1_PRICES.elasticUsdPerMeteredGib
      : Math.max(Number(elasticWriteGbUsd), READS_PER_METERED * Number(elasticReadGbUsd));
  return {
    provisionedUsdPerMibpsMonth:
      provisionedMibpsMonthUsd === '' ? US_EAST_1_PRICES.provisionedUsdPerMibpsMonth : Number(provisionedMibpsMonthUsd),
    elasticUsdPerMeteredGib: elastic,
    areKnown: isHome || provisionedMibpsMonthUsd !== '',
  };
}

/** The owner's bounds; one that cannot be read allows nothing, as a guard that cannot be asked refuses. `capUsd`: what the installation has left for it. */
export function boundsOf(tags: Tags, settings: Settings, capUsd: number): ThroughputSettings {
  const prices = pricesOf(settings);
  const hasElastic = isHomeOrSet(settings);
  return {
    throttledMinuteUsd: Math.min(
      MOST_A_MINUTE_USD,
      numberIn(tags, TAG.throttledMinuteUsd) ?? Number(settings.throttledMinuteUsd),
    ),
    maxMibps: boundIn(tags, TAG.maxMibps, DEFAULT_SETTINGS.maxMibps),
    maxMonthlyUsd: Math.min(capUsd, boundIn(tags, TAG.maxMonthlyUsd, DEFAULT_SETTINGS.maxMonthlyUsd)),
    prices,
    allowElastic: tags[TAG.throughputTarget] === 'any' && hasElastic,
  };
}

function isHomeOrSet({ region, elasticReadGbUsd, elasticWriteGbUsd }: Settings): boolean {
  return region === PRICED_REGION || (elasticReadGbUsd !== '' && elasticWriteGbUsd !== '');
}

function boundIn(tags: Tags, tag: string, fallback: number): number {
  return tags[tag] === undefined ? fallback : (numberIn(tags, tag) ?? 0);
}

const NUMBERS = [TAG.maxMibps, TAG.maxMonthlyUsd, TAG.throttledMinuteUsd] as const;

/** Tags of the owner that should be numbers and are not. */
export function unreadableIn(tags: Tags): readonly { readonly tag: string; readonly value: string }[] {
  return NUMBERS.flatMap((tag) => {
    const value = tags[tag];
    return value === undefined || numberIn(tags, tag) !== undefined ? [] : [{ tag, value }];
  });
}

function numberIn(tags: Tags, tag: string): number | undefined {
  const text = tags[tag]?.trim() ?? '';
  const value = Number(text);
  return text !== '' && Number.isFinite(value) && value >= 0 ? value : undefined;
}
