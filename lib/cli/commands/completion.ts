import type { Command } from 'commander';
import { EXIT, Stop } from '../exit.ts';
import type { Terminal } from '../terminal.ts';

/** Every command with its options, as the program itself knows them. */
export interface Words {
  readonly name: string;
  readonly about: string;
  readonly options: readonly string[];
}

export function wordsOf(program: Command): readonly Words[] {
  return program.commands.map((command) => ({
    name: command.name(),
    about: command.description(),
    options: command.options.flatMap(({ long }) => (long ? [long] : [])),
  }));
}

const SHELLS: Readonly<Record<string, (all: readonly Words[]) => string>> = { bash, zsh, fish };

export async function completion(shell: string, program: Command, terminal: Terminal): Promise<number> {
  const write = SHELLS[shell];
  if (write === undefined)
    throw new Stop(`"${shell}" is no shell known here; expected one of ${Object.keys(SHELLS).join(', ')}.`);
  await terminal.data(`${write(wordsOf(program))}\n`);
  return EXIT.fine;
}

function bash(all: readonly Words[]): string {
  const cases = all.map(({ name, options }) => `    ${name}) words="${options.join(' ')}" ;;`);
  return [
    '# mountkeeper completion bash >> ~/.bash_completion',
    '_mountkeeper() {',
    `  local words cur="\${COMP_WORDS[COMP_CWORD]}"`,
    `  case "\${COMP_WORDS[1]}" in`,
    ...cases,
    '  esac',
    `  [ "$COMP_CWORD" -eq 1 ] && words="${all.map(({ name }) => name).join(' ')} help"`,
    '  COMPREPLY=($(compgen -W "$words" -- "$cur"))',
    '}',
    'complete -o default -F _mountkeeper mountkeeper',
  ].join('\n');
}

function zsh(all: readonly Words[]): string {
  const names = all.map(({ name, about }) => `    ${quoted(`${name}:${about}`)}`);
  const cases = all.map(({ name, options }) => `    ${name}) compadd -- ${options.join(' ')}; _files ;;`);
  return [
    '#compdef mountkeeper',
    `# mountkeeper completion zsh > "\${fpath[1]}/_mountkeeper"`,
    '_mountkeeper() {',
    '  local -a commands=(',
    ...names,
    '  )',
    "  if (( CURRENT == 2 )); then _describe 'command' commands; return; fi",
    '  case "$words[2]" in',
    ...cases,
    '  esac',
    '}',
    '_mountkeeper "$@"',
  ].join('\n');
}

function fish(all: readonly Words[]): string {
  const commands = all.map(
    ({ name, about }) => `complete -c mountkeeper -n __fish_use_subcommand -a ${name} -d ${quoted(about)}`,
  );
  const options = all.flatMap(({ name, options: some }) =>
    some.map((option) => `complete -c mountkeeper -n '__fish_seen_subcommand_from ${name}' -l ${option.slice(2)}`),
  );
  return ['# mountkeeper completion fish > ~/.config/fish/completions/mountkeeper.fish', ...commands, ...options].join(
    '\n',
  );
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
