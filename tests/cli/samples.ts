import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FUNCTIONS } from '../../lib/cli/demo/functions.ts';
import type { KeeperName } from '../../lib/keeper.ts';
import { answerOf } from '../../lib/report/answer.ts';
import { createAccount } from '../../lib/simulator/account.ts';
import { breakIt } from '../../lib/simulator/break-it.ts';
import { buildEstate } from '../../lib/simulator/estate.ts';
import { functionPatterns } from '../../lib/simulator/stack/function-patterns.ts';
import { furnish } from '../../lib/simulator/stack/furnish.ts';
import { install } from '../../lib/simulator/stack/installation.ts';
import { VERSION } from '../../lib/version.ts';
import { connectWith } from './connect-with.ts';
import { type Ran, run } from './on-memory.ts';

interface Sample {
  readonly says: string;
  /** `CHANGE` stands for the id of the last change. */
  readonly words: readonly string[];
  /** Lines after these are left out. */
  readonly lines?: number;
}

const REASON =
  "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: b'mount.nfs4: Connection timed out'";

const SAMPLES: readonly Sample[] = [
  { says: 'What does a stop reason mean? No AWS account is needed.', words: ['explain', REASON] },
  { says: 'Is everything all right? Exit code 0, 1 (must fix) or 2 (could not look).', words: ['doctor', 'shop-api'] },
  {
    says: 'What would it change? Every command that changes takes `--dry-run`.',
    words: ['remediate', 'shop-api', '--dry-run'],
  },
  { says: 'Change it. Without `--yes` it shows the plan and asks.', words: ['remediate', 'shop-api', '--yes'] },
  { says: 'What was changed, what is in trouble, what is held?', words: ['status'] },
  {
    says: 'Take a change back. It is held then, so that no sweep makes it again.',
    words: ['revert', 'CHANGE', '--yes'],
  },
  { says: 'Let Mountkeeper make it again.', words: ['release', 'CHANGE', '--yes'] },
  { says: 'What would it provision for a family that has opted in?', words: ['provision', 'reports', '--dry-run'] },
  {
    says: "The owners' keys, for whatever made the things: `terraform`, `cdk`, `cloudformation` or `cli`; `--apply` sets them as yourself.",
    words: ['opt-in', 'shop-api', '--print', 'cdk'],
  },
  { says: 'Completion of commands and options.', words: ['completion', 'bash'], lines: 3 },
];

const LONGEST_LINE = 170;

/** Every command as it looks on a simulated account, one after the other, as Markdown. */
export async function samplesMarkdown(root: string): Promise<string> {
  const { connect } = stageOf(root);
  const parts: string[] = [];
  let changeId = '';
  for (const sample of SAMPLES) {
    const words = sample.words.map((word) => (word === 'CHANGE' ? changeId : word));
    const ran = await run(words, { connect });
    changeId = /, change ([a-z0-9]+-\w+)/.exec(ran.data)?.[1] ?? (await lastChange(connect)) ?? changeId;
    parts.push(`${sample.says}\n\n\`\`\`console\n${shown(words, ran, sample.lines)}\n\`\`\``);
  }
  return `\n${parts.join('\n\n')}\n\n`;
}

const LOAD = 'metered.csv';
const WHAT_IF = ['what-if', LOAD, '--size-gib', '200', '--credit-tib', '0.5'];
const FIRST_MS = Date.UTC(2026, 7, 3);
const MIB = 1_048_576;

/** A load of a week: 16 MiB/s in working hours, a batch of 90 MiB/s on two nights. */
export async function whatIfMarkdown(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'mountkeeper-what-if-'));
  try {
    const file = join(folder, LOAD);
    writeFileSync(file, `Timestamp,MeteredIOBytes\n${loadLines().join('\n')}\n`);
    const ran = await run(WHAT_IF.map((word) => (word === LOAD ? file : word)));
    return `\n\`\`\`console\n${shown(WHAT_IF, ran)}\n\`\`\`\n\n`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function loadLines(): readonly string[] {
  return Array.from({ length: 7 * 288 }, (_none, index) => {
    const atMs = FIRST_MS + index * 300_000;
    const [day, hour] = [Math.floor(index / 288), (index % 288) / 12];
    const batch = day % 3 === 2 && hour >= 1 && hour < 5 ? 90 : 0;
    const work = day % 7 < 5 && hour >= 8 && hour < 18 ? 16 : 1;
    return `${new Date(atMs).toISOString()},${(batch + work) * 300 * MIB}`;
  });
}

type Connect = ReturnType<typeof stageOf>['connect'];

async function lastChange(connect: Connect): Promise<string | undefined> {
  const { data } = await run(['status', '--json'], { connect });
  const { changes } = JSON.parse(data) as {
    readonly changes: readonly { readonly changeId: string; readonly keeper: string }[];
  };
  return changes.find(({ keeper }) => keeper === 'remediate')?.changeId;
}

function shown(words: readonly string[], { data, talk, exitCode }: Ran, most = Number.POSITIVE_INFINITY): string {
  const command = `$ mountkeeper ${words.map((word) => (/^[\w./:=-]+$/.test(word) ? word : `"${word}"`)).join(' ')}`;
  const said = [talk, data].map((text) => text.trimEnd()).filter((text) => text !== '');
  const lines = said.join('\n').split('\n');
  const cut = lines
    .slice(0, most)
    .map((line) => (line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)} ...` : line));
  return [
    command,
    ...cut,
    ...(lines.length > most ? ['...'] : []),
    ...(exitCode === 0 ? [] : [`(exit code ${exitCode})`]),
  ].join('\n');
}

function stageOf(root: string) {
  const account = createAccount();
  const installed = install(account, { functions: FUNCTIONS, patterns: functionPatterns(root) });
  const shop = buildEstate(account, { name: 'shop-api', zones: 2 });
  const wish = { 'mountkeeper:file-system': shop.fileSystemId, 'mountkeeper:mount': '/data' };
  buildEstate(account, { name: 'reports', zones: 2, volume: false, definitionTags: wish, beside: shop });
  // After the estates, so that their ids do not hang on how many functions there are.
  furnish(account, { root, version: VERSION });
  breakIt(account, shop, 'sg-ingress');
  account.invoke = async (name, request) =>
    answerOf(await installed.invoke(name.replace('mountkeeper-', '') as KeeperName, request));
  return { account, connect: connectWith(account) };
}
