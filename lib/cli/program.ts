import { Command, CommanderError } from 'commander';
import { addOffline } from './commands/offline.ts';
import { EXIT, Stop } from './exit.ts';
import type { Terminal } from './terminal.ts';

/** How a command tells the shell what came of it. */
export type Finish = (exitCode: number) => void;

export interface CliContext {
  readonly terminal: Terminal;
  readonly finish: Finish;
}

const ABOUT = 'Keeps Amazon EFS mounts of Amazon ECS tasks working: looks, explains, repairs, takes back.';

/** Runs one command line and gives its exit code; errors become texts for people on stderr. */
export async function runCli(words: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode: number = EXIT.fine;
  const program = createProgram({
    terminal,
    finish: (code) => {
      exitCode = code;
    },
  });
  try {
    await program.parseAsync([...words], { from: 'user' });
  } catch (error) {
    return tell(error, terminal);
  }
  return exitCode;
}

export function createProgram(context: CliContext): Command {
  const program = new Command('mountkeeper')
    .description(ABOUT)
    .showSuggestionAfterError(true)
    .showHelpAfterError('(mountkeeper help <command> says more)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void context.terminal.data(text),
      writeErr: (text) => context.terminal.talk(text.trimEnd()),
    });
  addOffline(program, context);
  return program;
}

function tell(error: unknown, terminal: Terminal): number {
  // commander has already said it.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.failed;
  if (error instanceof Stop) {
    terminal.talk(`${terminal.talkPalette.red('mountkeeper:')} ${error.message}`);
    return EXIT.failed;
  }
  throw error;
}
