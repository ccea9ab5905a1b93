import { PassThrough } from 'node:stream';
import type { Connect } from '../../lib/cli/connect.ts';
import { runCli } from '../../lib/cli/program.ts';
import { createTerminal } from '../../lib/cli/terminal.ts';

export interface Ran {
  readonly exitCode: number;
  readonly data: string;
  readonly talk: string;
}

export interface RunOptions {
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly isTerminal?: boolean;
  readonly connect?: Connect;
}

const nowhere: Connect = () => Promise.reject(new Error('this command needs no account'));

/** Runs a command line as a shell would, and keeps both of its streams. */
export async function run(words: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const stdin = Object.assign(new PassThrough(), { isTTY: options.isTerminal === true });
  stdin.end(options.stdin ?? '');
  const [stdout, stderr] = [collector(options), collector(options)];
  const terminal = createTerminal({ stdin, stdout: stdout.stream, stderr: stderr.stream, env: options.env ?? {} });
  const exitCode = await runCli(words, { terminal, connect: options.connect ?? nowhere });
  return { exitCode, data: stdout.text(), talk: stderr.text() };
}

function collector({ isTerminal }: RunOptions) {
  const stream = Object.assign(new PassThrough(), { isTTY: isTerminal === true });
  const parts: string[] = [];
  stream.on('data', (part: Buffer) => parts.push(part.toString('utf8')));
  return { stream, text: () => parts.join('') };
}
