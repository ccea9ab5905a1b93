/** `+` adds, `-` takes away, `~` changes what is there. */
export type Sign = '+' | '-' | '~';

/** Taking a change back: a command, or why there is none and what to do instead. */
export type Undoing =
  | { readonly command: string; readonly note?: string }
  | { readonly cannot: string; readonly command?: undefined };

/** What a change is, in words and in AWS CLI commands. */
export interface Description {
  readonly sign: Sign;
  /** What is changed: `sg-0123`, `role shop-task`. */
  readonly thing: string;
  /** Which part of it: `ingress rule`, `inline policy mountkeeper-fs-0123`. */
  readonly part: string;
  /** To what: `TCP 2049 from sg-0456`. */
  readonly change: string;
  readonly detail: readonly string[];
  /** Does the step by hand. */
  readonly byHand: string;
  readonly undo: Undoing;
  /** Shows whether it is in place; reads only. */
  readonly check: string;
}

/** The change in one line, as in a plan of Terraform. */
export function lineOf(description: Description): string {
  const { sign, thing, part, change } = description;
  return [`${sign} ${thing}`, part, change].filter((text) => text !== '').join('  ');
}
