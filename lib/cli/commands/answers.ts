import type { Problem } from '../../keeper.ts';
import type { Answer } from '../../report/answer.ts';
import { Stop } from '../exit.ts';

/** Every mistake of a request on a line of its own. */
export function problemsText(problems: readonly Problem[]): string {
  const lines = problems.map(({ field, got, expected }) => `  ${field}: got ${got}, expected ${expected}`);
  return ['The request was not understood; nothing was done.', ...lines].join('\n');
}

export function notInstalledIn(region: string): string {
  return `Mountkeeper is not installed in ${region} of this account.\nLook at --region and --profile, or deploy it (README, Quick start for the platform team).`;
}

const RESULTS: readonly string[] = ['ignored', 'busy', 'bad-request', 'done'];

/** What a function answered; one of another version may answer otherwise. */
export function answerIn(value: unknown): Answer {
  if (typeof value === 'object' && value !== null && 'result' in value && RESULTS.includes(String(value.result)))
    return value as Answer;
  throw new Stop(
    `The function's answer was not understood: ${JSON.stringify(value)?.slice(0, 200)}\nIs the deployed stack of the same version? "mountkeeper doctor" compares them.`,
  );
}
