/** What a command answers to the shell. */
export const EXIT = {
  fine: 0,
  /** Something is wrong with what was looked at: a must-fix, a change that failed. */
  trouble: 1,
  /** It could not be done or looked at: a mistake on the command line, no credentials, no such thing. */
  failed: 2,
} as const;

/** Ends a command with a text for people: what happened, and what to do. */
export class Stop extends Error {
  override readonly name = 'Stop';
}
