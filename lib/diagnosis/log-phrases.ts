import type { VolumeFacts } from './mount-facts.ts';

/** What programs print where a path refuses them: the texts of EACCES, EPERM and EROFS, and their names. */
const REFUSALS = [
  'Permission denied',
  'permission denied',
  'Operation not permitted',
  'operation not permitted',
  'Read-only file system',
  'EACCES',
  'EPERM',
  'EROFS',
];

export function isRefusal(phrase: string): boolean {
  return REFUSALS.includes(phrase);
}

/** What is asked of the logs of a volume's containers: only whether these occur, never the lines. */
export function phrasesFor({ mountedBy }: Pick<VolumeFacts, 'mountedBy'>): readonly string[] {
  return [...REFUSALS, ...new Set(mountedBy.map(({ containerPath }) => containerPath))];
}
