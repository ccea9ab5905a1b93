import { bringToLife, MINUTE_MS, SCHEDULE } from '../../lib/cli/demo/throughput-week.ts';
import { BREAK_NAMES, breakIt, breakOf } from '../../lib/simulator/break-it.ts';
import { sampleEntry } from '../ledger/samples.ts';
import { operator } from '../scenarios/operator.ts';
import { byHand, provisioned, setTags, untouched } from '../scenarios/provision-stage.ts';
import { stage } from '../scenarios/stage.ts';

import {
  attachPolicy,
  broke,
  broken,
  DEAF,
  examined,
  FRESH,
  invoked,
  ON_INSTANCES,
  outlived,
  type Run,
  revertAll,
  revertOfRevert,
  withoutPoint,
} from './acts.ts';

/** Each on Fargate where it can happen there, and what is read elsewhere besides. */
const failures: readonly Run[] = [
  ...BREAK_NAMES.map((name) => broken(name, breakOf(name).kinds.includes('fargate') ? {} : ON_INSTANCES)),
  ...(['sg-ingress', 'no-grant', 'credits-zero'] as const).flatMap((name) => [
    broken(name, { standalone: true }),
    broken(name, ON_INSTANCES),
  ]),
];

const provisions: readonly Run[] = [
  () => provisioned({ standalone: false, ...FRESH }),
  () => provisioned(FRESH),
  async () => {
    const at = untouched({ standalone: false, ...FRESH });
    setTags(at, { 'mountkeeper:wire': 'publish' });
    attachPolicy(at);
    await byHand(at);
    return at;
  },
  ...(['sg-ingress', 'sg-egress', 'no-grant'] as const).map((name) => async () => {
    const at = untouched({ standalone: false, ...FRESH });
    breakIt(at.account, at.estate, name);
    await byHand(at);
    return at;
  }),
];

const drifts: readonly Run[] = [
  invoked('drift', { family: 'shop-api' }, broke('sg-ingress')),
  invoked('drift', { family: 'shop-api' }, broke('sg-egress')),
  invoked('drift', { family: 'shop-api' }, broke('no-grant')),
  invoked('drift', { family: 'shop-api' }, () => stage(ON_INSTANCES, DEAF)),
  withoutPoint('drift', { standalone: false }),
  withoutPoint('drift', { standalone: false }, 'publish'),
];

const sweeps: readonly Run[] = [
  invoked('sweep', {}, broke('sg-ingress')),
  invoked('sweep', {}, broke('sg-egress')),
  invoked('sweep', {}, broke('no-grant')),
  invoked('sweep', {}, () => stage(ON_INSTANCES, DEAF)),
  withoutPoint('sweep', { standalone: false }),
  withoutPoint('sweep', { standalone: false }, 'publish'),
];

const leftovers: readonly Run[] = [
  async () => {
    const at = await outlived();
    await at.installed.invoke('sweep', {});
    return at;
  },
  async () => {
    const at = await outlived();
    await operator(at.account, 'terraform')
      .deleteGroup(at.estate.clientGroupId)
      .catch(() => undefined);
    await at.account.bus.drain();
    return at;
  },
];

const reverts: readonly Run[] = [
  ...(['sg-ingress', 'sg-egress', 'no-grant'] as const).map(
    (name) => async () => await revertAll(await broken(name, {})()),
  ),
  ...provisions.slice(0, 3).map((run) => async () => await revertAll(await run())),
  () => revertOfRevert(),
  async () => {
    const at = stage({ fileSystemTags: { 'mountkeeper:throughput': 'auto' } });
    const { fileSystemId } = at.estate;
    Object.assign(at.account.state.efs.fileSystems[fileSystemId] ?? {}, {
      throughput: { mode: 'provisioned', provisionedMibps: 40 },
    });
    const entry = sampleEntry('change-1', {
      fileSystemId,
      family: at.estate.family,
      resource: fileSystemId,
      keeper: 'throughput',
      action: {
        kind: 'update-throughput',
        fileSystemId,
        mode: 'provisioned',
        mibps: 40,
        previousMode: 'bursting',
      },
      state: 'done',
    });
    await at.installed.world('throughput').ledger.intend(entry);
    await at.installed.invoke('revert', { change: 'change-1' });
    return at;
  },
];

const ONE = { family: 'shop-api', cluster: 'shop' };
const examinations: readonly Run[] = [
  examined({ all: true }, {}),
  examined({ all: true }, ON_INSTANCES),
  examined(ONE, { standalone: true }),
  examined(ONE, { standalone: true }, 'sg-ingress'),
  examined(ONE, { standalone: true }, 'posix-mismatch'),
];

/** Busy at 30 MiB/s with few credits left, so that the first look buys. */
const watches: readonly Run[] = [
  async () => {
    const env = { MOUNTKEEPER_PRICE_PROVISIONED_USD: '6' };
    const at = stage({ fileSystemTags: { 'mountkeeper:throughput': 'auto' } }, { ...DEAF, env });
    const load = () => ({ readMibps: 0, writeMibps: 30 });
    bringToLife(at.account, at.estate.fileSystemId, { sizeGib: 100, creditMib: 500, load });
    await at.account.clock.advance(10 * MINUTE_MS);
    await at.installed.deliver('throughput', SCHEDULE);
    return at;
  },
];

/** The everyday work of every function. */
export const RUNS: readonly Run[] = [
  ...watches,
  ...failures,
  invoked('remediate', { taskDefinition: 'shop-api' }, () => stage({}, DEAF)),
  ...provisions,
  ...drifts,
  ...sweeps,
  ...leftovers,
  ...reverts,
  ...examinations,
];
