import type { AccountState } from './state.ts';

/** Odd, so that multiplying keeps the numbers apart. */
const SPREAD = 0x9e3779b97f4a7c15fn;
const HEX_DIGITS = 17;

/** Made-up ids: the same account history gives the same ids, and no two are alike. */
export function createIds(state: AccountState) {
  function next(): number {
    state.sequence += 1;
    return state.sequence - 1;
  }
  return {
    /** `fs` gives `fs-` and 17 hexadecimal digits. */
    newId(prefix: string): string {
      const mixed = (BigInt(next()) * SPREAD) % 16n ** BigInt(HEX_DIGITS);
      return `${prefix}-${mixed.toString(16).padStart(HEX_DIGITS, '0')}`;
    },
    newUuid(): string {
      return `00000000-0000-4000-9000-${next().toString(16).padStart(12, '0')}`;
    },
  };
}
