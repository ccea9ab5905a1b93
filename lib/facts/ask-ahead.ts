/** Begins to ask: whoever asks for the same later finds it on its way, and gets its error. */
export function askAhead(...asking: readonly Promise<unknown>[]): void {
  for (const one of asking) one.catch(() => undefined);
}
