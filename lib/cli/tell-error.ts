import { CommanderError } from 'commander';
import { Refusal } from '../refusal.ts';
import { EXIT, Stop } from './exit.ts';
import type { Terminal } from './terminal.ts';

/** Says on stderr what ended a command, and gives its exit code. */
export function tellError(error: unknown, terminal: Terminal): number {
  // commander has already said it.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.failed;
  terminal.talk(`${terminal.talkPalette.red('mountkeeper:')} ${textOf(error)}`);
  return EXIT.failed;
}

function textOf(error: unknown): string {
  if (error instanceof Stop) return error.message;
  if (error instanceof Refusal) return `AWS refused: ${error.message}`;
  // Ours: exit code 1 would say that the mounts are broken.
  return `a fault of this program. ${error instanceof Error ? error.stack : String(error)}`;
}
