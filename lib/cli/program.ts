import { Command } from 'commander';
import { VERSION } from '../version.ts';
import { addChanging } from './commands/changing.ts';
import { addLooking } from './commands/looking.ts';
import { addOffline } from './commands/offline.ts';
import type { Connect } from './connect.ts';
import { EXIT } from './exit.ts';
import { tellError } from './tell-error.ts';
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
    await program.parseAsync(knownFirst(words, program), { from: 'user' });
  } catch (error) {
    return tellError(error, terminal);
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

/** commander answers `nosuch --help` with the help of the whole program; what is no command is a mistake, with `--help` too. */
function knownFirst(words: readonly string[], { commands }: Command): string[] {
  const [name] = words.filter((word) => !word.startsWith('-'));
  const isKnown = name === undefined || name === 'help' || commands.some((one) => one.name() === name);
  return isKnown ? [...words] : [name];
}
