import { closeSync, existsSync, openSync, rmSync } from 'node:fs';
import { Stop } from './exit.ts';

/** Throws `Stop` where the file of an option cannot be written: asked first, so that no work is lost. */
export function mustBeWritable(file: string, option: string): void {
  const isThere = existsSync(file);
  try {
    closeSync(openSync(file, 'a'));
    // What comes may fail, and an empty file would look like its result.
    if (!isThere) rmSync(file);
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    throw new Stop(`${option} is ${file}, which cannot be written (${WHY[code] ?? code}).`);
  }
}

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'its folder is not there',
  ENOTDIR: 'its folder is a file',
  EISDIR: 'it is a folder',
  EACCES: 'you may not',
  EPERM: 'you may not',
  EROFS: 'the disk is read-only',
};
