import { aws, type Given } from './shell.ts';

/** Runs one of Mountkeeper's functions by hand and prints its answer. */
export function invoke(keeper: string, payload: Readonly<Record<string, unknown>>, given: Given = {}): string {
  const words = [
    ...['lambda', 'invoke', '--function-name', `mountkeeper-${keeper}`],
    ...['--cli-binary-format', 'raw-in-base64-out', '--payload', JSON.stringify(payload), '/dev/stdout'],
  ];
  return aws(words, given);
}

export function revertChange(changeId: string, given: Given = {}): string {
  return invoke('revert', { change: changeId }, given);
}
