import { join } from 'node:path';
import { type Emulators, STATIC_KEYS } from './emulators.ts';
import { NODE_FOLDER, ROOT } from './places.ts';
import { runProgram } from './process.ts';

const SERVERLESS = join(ROOT, 'node_modules', 'serverless', 'bin', 'serverless.js');
const WITHIN_MS = 600_000;

export interface Stack {
  /** Folder of the packaged bundles and template. */
  readonly packaged: string;
}

/** In this Region prices are not known, and without a price nothing is bought: EFS pricing page, us-east-1, rounded. */
const PRICES = ['provisionedUsd=6', 'elasticReadUsd=0.03', 'elasticWriteUsd=0.06'].map((one) => `--param=${one}`);

/** Packages the real serverless.yml and deploys what was packaged. */
export async function deploy(emulators: Emulators, folder: string): Promise<Stack> {
  const packaged = join(folder, 'package');
  await serverless(['package', '--package', packaged, ...PRICES], folder, emulators);
  await serverless(['deploy', '--package', packaged, ...PRICES], folder, emulators);
  return { packaged };
}

export async function remove(emulators: Emulators, folder: string): Promise<void> {
  await serverless(['remove'], folder, emulators);
}

async function serverless(args: readonly string[], folder: string, { ministack }: Emulators): Promise<void> {
  const own = { PATH: `${NODE_FOLDER}:/usr/bin:/bin`, HOME: folder, TMPDIR: folder };
  const env = { ...own, AWS_ENDPOINT_URL: ministack, ...STATIC_KEYS };
  try {
    await runProgram(process.execPath, [SERVERLESS, ...args], { cwd: ROOT, env, timeout: WITHIN_MS });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`osls ${args[0]} failed: ${String(error)}\n${stdout}\n${stderr}`);
  }
}
