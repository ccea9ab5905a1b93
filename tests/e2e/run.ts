import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plainClients } from './clients.ts';
import { contractOfMoto } from './contract-of-moto.ts';
import { openInbox } from './inbox.ts';
import type { Scenario, Stage } from './scenario.ts';
import { byHandScenarios } from './scenarios/by-hand.ts';
import { driftScenarios } from './scenarios/drift.ts';
import { provisionScenarios } from './scenarios/provision.ts';
import { remediateScenarios } from './scenarios/remediate.ts';
import { throughputScenarios } from './scenarios/throughput.ts';
import type { Call } from './stand/call-counter.ts';
import { deploy, remove } from './stand/deploy.ts';
import { type Emulators, startEmulators } from './stand/emulators.ts';
import { stopEverything } from './stand/process.ts';
import { lintTemplate, runJest } from './stand/programs.ts';
import { preparePython } from './stand/python.ts';
import { checkRuntime, runtimesOf } from './stand/runtime.ts';

/** Throughput first: the schedule's first minute looks at every file system, later ones at those that are due. */
const SCENARIOS: readonly Scenario[] = [
  ...throughputScenarios,
  ...remediateScenarios,
  ...provisionScenarios,
  ...driftScenarios,
  ...byHandScenarios,
];

const STARTED = Date.now();
const say = (line: string) => console.log(`${((Date.now() - STARTED) / 1000).toFixed(1).padStart(6)} s  ${line}`);

interface Check {
  readonly name: string;
  /** Throws where something is wrong. What it gives is said. */
  readonly run: () => Promise<string>;
}

/** A part of a name runs only the checks that have it. */
async function main(part: string): Promise<boolean> {
  checkRuntime();
  const python = preparePython(say);
  const folder = mkdtempSync(join(tmpdir(), 'mountkeeper-e2e-'));
  const stop = async () => {
    await stopEverything();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.once(name, () => {
      say(`${name}: stopping`);
      void stop().then(() => process.exit(1));
    });
  let emulators: Emulators | undefined;
  try {
    emulators = await startEmulators(python, folder);
    say(`moto at ${emulators.moto}, ministack at ${emulators.ministack}`);
    const { packaged } = await deploy(emulators, folder);
    say('serverless.yml is packaged and deployed');
    const checks = await checksOn(emulators, { python, packaged, folder });
    const wanted = checks.filter(({ name }) => name.includes(part));
    if (wanted.length === 0) throw new Error(`no check has "${part}" in its name`);
    return await runAll(wanted, emulators);
  } finally {
    await emulators?.stop();
    await stop();
  }
}

interface Places {
  readonly python: string;
  readonly packaged: string;
  readonly folder: string;
}

/** The removal last. */
async function checksOn(emulators: Emulators, { python, packaged, folder }: Places): Promise<readonly Check[]> {
  const clients = plainClients(emulators);
  const stage = { clients, inbox: await openInbox(clients) };
  return [
    ...SCENARIOS.map((scenario) => counted(scenario, stage, emulators)),
    {
      name: 'runtime: the functions ran on the Node.js of serverless.yml',
      run: async () => runtimesOf(emulators.calls),
    },
    { name: 'template: cfn-lint finds no error', run: () => lintTemplate(python, packaged) },
    {
      name: 'contract: moto answers as the simulated account does',
      run: async () => `${await contractOfMoto({ python, folder })} cases`,
    },
    {
      name: "ledger: its contract on an emulator's DynamoDB",
      run: () => runJest('tests/e2e/ledger.test.ts', { MINISTACK: emulators.ministack }),
    },
    { name: 'roles: least privilege, call by call', run: () => runJest('tests/least-privilege') },
    {
      name: 'remove: the stack goes',
      run: async () => {
        await remove(emulators, folder);
        return 'removed';
      },
    },
  ];
}

function counted({ name, run }: Scenario, stage: Stage, { calls }: Emulators): Check {
  return {
    name,
    run: async () => {
      const before = calls.length;
      await run(stage);
      return costOf(calls.slice(before));
    },
  };
}

async function runAll(checks: readonly Check[], emulators: Emulators): Promise<boolean> {
  let failed = 0;
  for (const { name, run } of checks) {
    try {
      const said = await run();
      say(`passed  ${name} (${said})`);
    } catch (error) {
      failed += 1;
      say(`FAILED  ${name}`);
      console.log(error);
      console.log(emulators.logs());
    }
  }
  console.log(`${checks.length - failed} passed, ${failed} failed`);
  return failed === 0;
}

/** What the deployed functions called meanwhile; the schedule of the throughput keeper is among it. */
function costOf(calls: readonly Call[]): string {
  const byService = new Map<string, number>();
  for (const { service } of calls) byService.set(service, (byService.get(service) ?? 0) + 1);
  const parts = [...byService].toSorted(([one], [other]) => one.localeCompare(other));
  return [`${calls.length} calls`, ...parts.map(([service, count]) => `${service} ${count}`)].join(', ');
}

try {
  process.exitCode = (await main(process.argv[2] ?? '')) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
