const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** To the minute, in UTC: readers sit in several time zones. */
export function utc(atMs: number): string {
  if (!Number.isFinite(atMs) || Math.abs(atMs) > 8.64e15) return 'at an unknown time';
  return `${new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** A length of time in its two largest units. */
export function lasting(spanMs: number): string {
  if (!Number.isFinite(spanMs) || spanMs < MINUTE_MS) return 'less than a minute';
  if (spanMs < HOUR_MS) return `${Math.floor(spanMs / MINUTE_MS)} min`;
  if (spanMs < DAY_MS) return two(spanMs, { large: HOUR_MS, small: MINUTE_MS, names: ['h', 'min'] });
  return two(spanMs, { large: DAY_MS, small: HOUR_MS, names: ['d', 'h'] });
}

function two(
  spanMs: number,
  unit: { readonly large: number; readonly small: number; readonly names: readonly [string, string] },
): string {
  const large = Math.floor(spanMs / unit.large);
  const small = Math.floor((spanMs % unit.large) / unit.small);
  return small === 0 ? `${large} ${unit.names[0]}` : `${large} ${unit.names[0]} ${small} ${unit.names[1]}`;
}

export function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
