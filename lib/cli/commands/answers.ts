import type { Problem } from '../../keeper.ts';

/** Every mistake of a request on a line of its own. */
export function problemsText(problems: readonly Problem[]): string {
  const lines = problems.map(({ field, got, expected }) => `  ${field}: got ${got}, expected ${expected}`);
  return ['The request was not understood; nothing was done.', ...lines].join('\n');
}
