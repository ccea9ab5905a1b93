export const MINUTE_MS = 60_000;
export const HOUR_MINUTES = 60;
export const DAY_MINUTES = 1440;
export const DAY_HOURS = 24;
export const BIN_MINUTES = 5;
