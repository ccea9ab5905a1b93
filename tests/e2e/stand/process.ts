import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';

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
const interruption = new AbortController();

/** Aborted when the whole run is given up; programs that are waited for end with it. */
export const interrupted = interruption.signal;

/** Ends every server that was started, ready or not, and every program that is waited for. */
export async function stopEverything(): Promise<void> {
  interruption.abort();
  await Promise.all(started.map(stopGroup));
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
    log: () => readFileSync(command.logFile, 'utf8').split('\n').slice(-30).join('\n'),
  };
  try {
    await ready(child, command.readyUrl);
    return running;
  } catch (error) {
    await running.stop();
    throw new Error(`${command.name} did not start: ${String(error)}\n${running.log()}`);
  }
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
