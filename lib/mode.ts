import type { Fact } from './domain/fact.ts';

export type StackMode = 'observe' | 'repair';
export type Mode = 'off' | StackMode;

export interface ModeNow {
  readonly mode: Mode;
  /** Said in an alert: the stop button is broken. */
  readonly trouble?: string;
}

const WIDTH: Readonly<Record<Mode, number>> = { off: 0, observe: 1, repair: 2 };

/** The narrowest of the stack's mode and the parameter. A parameter that is missing, unreadable or odd means observe. */
export function modeOf(stack: StackMode, parameter: Fact<string>): ModeNow {
  if (parameter.state === 'absent') return { mode: 'observe', trouble: 'the parameter does not exist' };
  if (parameter.state === 'unknown') return { mode: 'observe', trouble: parameter.why };
  const value = parameter.value.trim();
  if (!isMode(value))
    return { mode: 'observe', trouble: `it holds "${value.slice(0, 40)}"; expected off, observe or repair` };
  return { mode: narrower(stack, value) };
}

/** A task definition's tag can only narrow; anything but `repair` counts as observe. */
export function narrowedByTag(mode: Mode, tag: string | undefined): Mode {
  if (tag === undefined) return mode;
  return narrower(mode, tag === 'repair' ? 'repair' : 'observe');
}

function narrower(one: Mode, other: Mode): Mode {
  return WIDTH[one] <= WIDTH[other] ? one : other;
}

function isMode(text: string): text is Mode {
  return Object.hasOwn(WIDTH, text);
}
