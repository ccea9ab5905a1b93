import { Command, CommanderError } from 'commander';
import { Refusal } from '../refusal.ts';
import { VERSION } from '../version.ts';
import { addChanging } from './commands/changing.ts';
import { addLooking } from './commands/looking.ts';
import { addOffline } from './commands/offline.ts';
import type { Connect } from './connect.ts';
import { EXIT, Stop } from './exit.ts';
import type { Terminal } from './terminal.ts';

/** How a command tells the shell what came of it. */
export type Finish = (exitCode: number) => void;

export interface CliContext {
  readonly terminal: Terminal;
  /** Only commands that look at an account connect to one. */
  readonly connect: Connect;
  readonly finish: Finish;
}

const ABOUT = 'Keeps Amazon EFS mounts of Amazon ECS tasks working: looks, explains, repairs, takes back.';

const EXIT_CODES = `
Exit codes: 0 fine, or done; 1 something is wrong, failed or was withheld; 2 it could not be done or looked at.
Data goes to stdout, talk to stderr. NO_COLOR turns colours off.`;

/** Runs one command line and gives its exit code; errors become texts for people on stderr. */
export async function runCli(
  words: readonly string[],
  { terminal, connect }: Omit<CliContext, 'finish'>,
): Promise<number> {
  let exitCode: number = EXIT.fine;
  const program = createProgram({
    terminal,
    connect,
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
    .version(VERSION, '-V, --version', 'print the version')
    .addHelpText('after', EXIT_CODES)
    .showSuggestionAfterError(true)
    .showHelpAfterError('(mountkeeper help <command> says more)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void context.terminal.data(text),
      writeErr: (text) => context.terminal.talk(text.trimEnd()),
    });
  addLooking(program, context);
  addChanging(program, context);
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
  if (error instanceof Refusal) {
    terminal.talk(`${terminal.talkPalette.red('mountkeeper:')} AWS refused: ${error.message}`);
    return EXIT.failed;
  }
  // Ours: exit code 1 would say that the mounts are broken.
  terminal.talk(
    `${terminal.talkPalette.red('mountkeeper:')} a fault of this program. ${error instanceof Error ? error.stack : String(error)}`,
  );
  return EXIT.failed;
}
