import { join } from 'node:path';
import { type Call, countCalls } from './call-counter.ts';
import { ACCOUNT_ID, NODE_FOLDER, PYTHON_FOLDER, REGION } from './places.ts';
import { freePort, type Running, start } from './process.ts';

export interface Emulators {
  /** The AWS that Mountkeeper manages: EFS, EC2, ECS, IAM, CloudWatch metrics, tags. */
  readonly moto: string;
  /** The AWS that Mountkeeper runs on: everything else. */
  readonly ministack: string;
  /** What deployed functions called, in order. */
  readonly calls: readonly Call[];
  readonly logs: () => string;
  readonly stop: () => Promise<void>;
}

export const STATIC_KEYS = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
const MANAGED = ['EFS', 'ECS', 'EC2', 'IAM', 'CLOUDWATCH', 'RESOURCE_GROUPS_TAGGING_API'];

/** Starts both on loopback and free ports. What is left in `folder` may be thrown away. */
export async function startEmulators(python: string, folder: string): Promise<Emulators> {
  const stops: (() => Promise<void>)[] = [];
  const calls: Call[] = [];
  const running: Running[] = [];
  const stop = async () => {
    for (const one of stops.reverse()) await one();
  };
  try {
    const motoPort = await freePort();
    const moto = await start(motoCommand({ python, folder }, motoPort, true));
    stops.push(moto.stop);
    const before = await countCalls(motoPort, (call) => calls.push(call));
    stops.push(before.stop);
    const ministackPort = await freePort();
    const beside = await countCalls(ministackPort, (call) => calls.push(call));
    stops.push(beside.stop);
    const ports = { own: ministackPort, counted: beside.port, managed: before.port };
    const ministack = await start(ministackCommand(python, folder, ports));
    stops.push(ministack.stop);
    running.push(moto, ministack);
    return {
      moto: `http://127.0.0.1:${motoPort}`,
      ministack: `http://127.0.0.1:${ministackPort}`,
      calls,
      logs: () => running.map((one) => `--- ${one.name}\n${one.log()}`).join('\n'),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** One more moto, for what empties it again and again. */
export async function startMoto(place: Place, policiesOfAws: boolean): Promise<{ readonly url: string } & Running> {
  const port = await freePort();
  const running = await start(motoCommand(place, port, policiesOfAws));
  return { ...running, url: `http://127.0.0.1:${port}` };
}

export interface Place {
  readonly python: string;
  /** What is left in it may be thrown away. */
  readonly folder: string;
}

function motoCommand({ python, folder }: Place, port: number, policiesOfAws: boolean) {
  return {
    name: 'moto',
    file: python,
    args: [join(PYTHON_FOLDER, 'moto_with_overlay.py'), '-H', '127.0.0.1', '-p', String(port)],
    env: {
      PATH: '/usr/bin:/bin',
      HOME: folder,
      MOTO_ACCOUNT_ID: ACCOUNT_ID,
      MOTO_IAM_LOAD_MANAGED_POLICIES: String(policiesOfAws),
      AWS_DEFAULT_REGION: REGION,
      PYTHONDONTWRITEBYTECODE: '1',
    },
    logFile: join(folder, `moto-${port}.log`),
    readyUrl: `http://127.0.0.1:${port}/moto-api/`,
  };
}

interface Ports {
  readonly own: number;
  readonly counted: number;
  readonly managed: number;
}

/** Its environment is that of the functions, so it gets nothing of the caller's. */
function ministackCommand(python: string, folder: string, ports: Ports) {
  const managed = MANAGED.map((name) => [`AWS_ENDPOINT_URL_${name}`, `http://127.0.0.1:${ports.managed}`]);
  return {
    name: 'ministack',
    file: python,
    args: [join(PYTHON_FOLDER, 'ministack_with_overlay.py')],
    env: {
      PATH: `${NODE_FOLDER}:/usr/bin:/bin`,
      HOME: folder,
      TMPDIR: folder,
      STATE_DIR: join(folder, 'state'),
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(ports.own),
      IOT_MTLS_ENABLED: '0',
      LAMBDA_EXECUTOR: 'local',
      MINISTACK_ACCOUNT_ID: ACCOUNT_ID,
      MINISTACK_REGION: REGION,
      CLOUDTRAIL_RECORDING: '1',
      PYTHONDONTWRITEBYTECODE: '1',
      AWS_ENDPOINT_URL: `http://127.0.0.1:${ports.counted}`,
      ...Object.fromEntries(managed),
    },
    logFile: join(folder, 'ministack.log'),
    readyUrl: `http://127.0.0.1:${ports.own}/_ministack/health`,
  };
}
