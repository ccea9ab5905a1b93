import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { promisify } from 'node:util';

export interface Running {
  readonly name: string;
  readonly pid: number;
  readonly stop: () => Promise<void>;
  /** The end of what it printed. */
  readonly log: () => string;
}

interface Command {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
  /** Answers 2xx when the process is ready. */
  readonly readyUrl: string;
}

const READY_WITHIN_MS = 120_000;
const STOP_WITHIN_MS = 10_000;
const started: ChildProcess[] = [];
const programs: ChildProcess[] = [];

const run = promisify(execFile);

interface ProgramOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly timeout: number;
}

/** Runs a program to its end, or until the whole run is given up. */
export async function runProgram(file: string, args: readonly string[], options: ProgramOptions) {
  const running = run(file, args, options);
  programs.push(running.child);
  return await running;
}

/** Ends every server that was started, ready or not, and every program that is waited for. */
export async function stopEverything(): Promise<void> {
  await Promise.all([...programs.map(kill), ...started.map(stopGroup)]);
}

/** A port that nobody listens on; two that are asked for at once differ. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

/** Starts a server in a process group of its own and waits until it answers. */
export async function start(command: Command): Promise<Running> {
  const log = openSync(command.logFile, 'w');
  const child = spawn(command.file, command.args, { env: command.env, detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  started.push(child);
  const running: Running = {
    name: command.name,
    pid: child.pid ?? 0,
    stop: () => stopGroup(child),
    log: () => endOf(readFileSync(command.logFile, 'utf8')),
  };
  try {
    await ready(child, command.readyUrl);
    return running;
  } catch (error) {
    await running.stop();
    throw new Error(`${command.name} did not start: ${String(error)}\n${running.log()}`);
  }
}

/** Without the requests that were answered well, which are most of it. */
function endOf(log: string): string {
  const lines = log.split('\n').filter((line) => !/HTTP\/1\.1.*" [23]\d\d -$/.test(line));
  return lines.slice(-30).join('\n');
}

async function ready(child: ChildProcess, url: string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`no answer within ${READY_WITHIN_MS / 1000} s`);
}

/** For programs that would tidy up for a while when asked to end: what they write goes anyway. */
async function kill(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null || program.pid === undefined) return;
  const exit = once(program, 'exit');
  program.kill('SIGKILL');
  await exit;
}

/** The workers that it started are of its group. */
async function stopGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  const ended = child.exitCode !== null || child.signalCode !== null;
  const exit = ended ? Promise.resolve() : new Promise<void>((resolve) => child.once('exit', () => resolve()));
  signal(-child.pid, 'SIGTERM');
  await Promise.race([exit, new Promise((resolve) => setTimeout(resolve, STOP_WITHIN_MS))]);
  signal(-child.pid, 'SIGKILL');
  await exit;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
