import { isDeepStrictEqual } from 'node:util';
import type { Data, Verb } from '../changing.ts';

/** Writes unless just that is there already: most runs only confirm what is known. */
export function setting(data: Data): Verb<void> {
  const wanted: unknown = JSON.parse(JSON.stringify(data));
  return (found) => (isDeepStrictEqual(found, wanted) ? { answer: undefined } : { answer: undefined, write: data });
}

/** What is there already stays: a repeated call of the same run finds its own row and is content. */
export function writingOnce(data: Data): Verb<void> {
  return (found) => (found === undefined ? { answer: undefined, write: data } : { answer: undefined });
}

/** Whether there was something to delete. */
export function deleting(): Verb<boolean> {
  return (found) => (found === undefined ? { answer: false } : { answer: true, write: null });
}
