import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plainClients } from './clients.ts';
import { openInbox } from './inbox.ts';
import type { Scenario, Stage } from './scenario.ts';
import { byHandScenarios } from './scenarios/by-hand.ts';
import { driftScenarios } from './scenarios/drift.ts';
import { provisionScenarios } from './scenarios/provision.ts';
import { remediateScenarios } from './scenarios/remediate.ts';
import { throughputScenarios } from './scenarios/throughput.ts';
import type { Call } from './stand/call-counter.ts';
import { deploy } from './stand/deploy.ts';
import { type Emulators, startEmulators } from './stand/emulators.ts';
import { preparePython } from './stand/python.ts';

const SCENARIOS: readonly Scenario[] = [
  ...remediateScenarios,
  ...provisionScenarios,
  ...driftScenarios,
  ...byHandScenarios,
  ...throughputScenarios,
];

const say = (line: string) => console.log(`${((Date.now() - STARTED) / 1000).toFixed(1).padStart(6)} s  ${line}`);
const STARTED = Date.now();

/** A part of a name runs only the scenarios that have it. */
async function main(part: string | undefined): Promise<boolean> {
  const python = preparePython(say);
  const folder = mkdtempSync(join(tmpdir(), 'mountkeeper-e2e-'));
  let emulators: Emulators | undefined;
  const stop = async () => {
    await emulators?.stop();
    emulators = undefined;
    rmSync(folder, { recursive: true, force: true });
  };
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => void stop().then(() => process.exit(1)));
  try {
    emulators = await startEmulators(python, folder);
    say(`moto at ${emulators.moto}, ministack at ${emulators.ministack}`);
    await deploy(emulators, folder);
    say('the stack is deployed');
    const clients = plainClients(emulators);
    const stage = { clients, inbox: await openInbox(clients) };
    return await runAll(
      SCENARIOS.filter(({ name }) => name.includes(part ?? '')),
      stage,
      emulators,
    );
  } finally {
    await stop();
  }
}

async function runAll(scenarios: readonly Scenario[], stage: Stage, emulators: Emulators): Promise<boolean> {
  let failed = 0;
  for (const { name, run } of scenarios) {
    const before = emulators.calls.length;
    try {
      await run(stage);
      say(`passed  ${name} (${costOf(emulators.calls.slice(before))})`);
    } catch (error) {
      failed += 1;
      say(`FAILED  ${name} (${costOf(emulators.calls.slice(before))})`);
      console.log(error, `\n${emulators.logs()}`);
    }
  }
  console.log(`${scenarios.length - failed} passed, ${failed} failed`);
  return failed === 0;
}

function costOf(calls: readonly Call[]): string {
  const byService = new Map<string, number>();
  for (const { service } of calls) byService.set(service, (byService.get(service) ?? 0) + 1);
  const parts = [...byService].toSorted(([one], [other]) => one.localeCompare(other));
  return [`${calls.length} calls`, ...parts.map(([service, count]) => `${service} ${count}`)].join(', ');
}

process.exitCode = (await main(process.argv[2])) ? 0 : 1;
