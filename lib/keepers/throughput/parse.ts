import type { Parsed } from '../../keeper.ts';
import type { Self } from '../../world.ts';
import { aText, FLAG, type Form, isEvent, isRecord, problemsOf, shown } from '../by-hand.ts';
import type { ModeChange } from './terms.ts';

/** Without a file system: whatever is due. */
export interface ThroughputInput {
  readonly fileSystemId?: string;
  /** By hand: what to switch to, whatever the policy thinks. */
  readonly target?: ModeChange;
}

/** What the schedule sends: unlike other schedules' events it names whom it is for. */
export const SCHEDULE_DETAIL_TYPE = 'Throughput Schedule';

/** One run at a time: the budget of the installation is shared by all file systems. */
const LEASE = 'throughput';
const MODES = ['bursting', 'provisioned', 'elastic'];
/** EFS API reference, UpdateFileSystem, ProvisionedThroughputInMibps. */
const MOST_MIBPS = 3414;

const EXAMPLE = { fileSystem: 'fs-0123456789abcdef0', dryRun: true, target: { mode: 'provisioned', mibps: 40 } };
const FORM: Form = {
  fileSystem: { ...aText(/^fs-[0-9a-f]{8,40}$/, 'the id of a file system'), required: true },
  dryRun: FLAG,
  target: {
    expected: `{ "mode": "bursting", "elastic" or "provisioned", "mibps": 1 to ${MOST_MIBPS} with "provisioned" alone }`,
    valid: isTarget,
  },
};

export function parse(trigger: unknown, _self: Self): Parsed<ThroughputInput> {
  if (!isEvent(trigger)) return parseRequest(trigger);
  if (trigger['source'] !== 'aws.events' || trigger['detail-type'] !== SCHEDULE_DETAIL_TYPE)
    return { kind: 'ignore', why: 'not the schedule of the throughput keeper' };
  return { kind: 'go', input: {}, byHand: false, dryRun: false, lease: LEASE };
}

function parseRequest(request: unknown): Parsed<ThroughputInput> {
  if (!isRecord(request)) {
    const problem = { field: '(the request)', got: shown(request), expected: 'a JSON object' };
    return { kind: 'bad', problems: [problem], example: EXAMPLE };
  }
  const problems = problemsOf(request, FORM);
  if (problems.length > 0) return { kind: 'bad', problems, example: EXAMPLE };
  const target = request['target'];
  return {
    kind: 'go',
    input: { fileSystemId: String(request['fileSystem']), ...(isTarget(target) ? { target } : {}) },
    byHand: true,
    dryRun: request['dryRun'] === true,
    lease: LEASE,
  };
}

function isTarget(value: unknown): value is ModeChange {
  if (!isRecord(value) || Object.keys(value).some((name) => name !== 'mode' && name !== 'mibps')) return false;
  const { mode, mibps } = value;
  if (mode !== 'provisioned') return MODES.includes(String(mode)) && mibps === undefined;
  return typeof mibps === 'number' && mibps >= 1 && mibps <= MOST_MIBPS;
}
