/** What is known besides the action: the ids that AWS gave when it was done, and the Region for the commands. */
export interface Given {
  readonly made?: Readonly<Record<string, string>>;
  readonly region?: string;
}

const PLAIN_WORD = /^[A-Za-z0-9_@%+=:,./-]+$/;
const CONTROLS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const SLOT = /\$\{access-point:([A-Za-z0-9_-]+):(id|arn)\}/g;

/** One word of a POSIX shell command: nothing in it is expanded, whatever it holds. */
export function quote(word: string): string {
  const text = named(word).toWellFormed().replaceAll(CONTROLS, ' ');
  return PLAIN_WORD.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** `${access-point:data:id}` as a person reads it: what an earlier step of the plan will have made. */
export function named(text: string): string {
  return text.replaceAll(SLOT, (_whole, volume: string, part: string) => `<${part} of the access point for ${volume}>`);
}

/** An AWS CLI command; every word is quoted where it has to be. */
export function aws(words: readonly string[], given: Given = {}): string {
  const region = given.region === undefined ? [] : ['--region', given.region];
  return ['aws', ...words, ...region].map(quote).join(' ');
}

/** The last part of an ARN's resource, which the AWS CLI takes as a name. */
export function nameIn(arn: string): string {
  return arn.split('/').at(-1) ?? arn;
}
