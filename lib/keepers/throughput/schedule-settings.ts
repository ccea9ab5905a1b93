import { TAG, type Tags } from '../../domain/tags.ts';
import type { Settings } from '../../settings.ts';
import { DEFAULT_SETTINGS, type ThroughputPrices, type ThroughputSettings, US_EAST_1_PRICES } from './terms.ts';

/** The prices that the policy comes with are those of this Region. */
const PRICED_REGION = 'us-east-1';
/** Reads are metered at a third, so a metered GiB is three read ones. */
const READS_PER_METERED = 3;

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

/** The owner's bounds; a tag that is no number does not widen them. `capUsd`: what the installation has left for it. */
export function boundsOf(tags: Tags, settings: Settings, capUsd: number): ThroughputSettings {
  const prices = pricesOf(settings);
  const hasElastic = isHomeOrSet(settings);
  return {
    throttledMinuteUsd: numberIn(tags, TAG.throttledMinuteUsd, Number(settings.throttledMinuteUsd)),
    maxMibps: numberIn(tags, TAG.maxMibps, DEFAULT_SETTINGS.maxMibps),
    maxMonthlyUsd: Math.min(capUsd, numberIn(tags, TAG.maxMonthlyUsd, DEFAULT_SETTINGS.maxMonthlyUsd)),
    prices,
    allowElastic: tags[TAG.throughputTarget] === 'any' && hasElastic,
  };
}

function isHomeOrSet({ region, elasticReadGbUsd, elasticWriteGbUsd }: Settings): boolean {
  return region === PRICED_REGION || (elasticReadGbUsd !== '' && elasticWriteGbUsd !== '');
}

function numberIn(tags: Tags, tag: string, fallback: number): number {
  const text = tags[tag]?.trim() ?? '';
  const value = Number(text);
  return text !== '' && Number.isFinite(value) && value >= 0 ? value : fallback;
}
