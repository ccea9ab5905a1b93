import { judgeLegs, legsOf } from '../diagnosis/acl-paths.ts';
import { judgeGroups } from '../diagnosis/group-paths.ts';
import type { MountFacts, VolumeFacts } from '../diagnosis/mount-facts.ts';
import { type Fact, mapFact, unknown } from '../domain/fact.ts';
import type { World } from '../world.ts';
import type { MountInput } from './mount-input.ts';

/** EFS user guide, "Amazon CloudWatch metrics": one-minute metrics, there after some minutes. */
const WINDOW_MS = 15 * 60_000;
const MAY_BE_CREDITS: ReadonlySet<string> = new Set([
  'network-timeout',
  'connection-reset',
  'volume-limit-or-throttle',
]);

/** Burst credits are read where asked for, or where a time-out is not explained by security groups and ACLs. */
export async function gatherCredits(
  facts: MountFacts,
  { told, withCredits = false }: MountInput,
  world: World,
): Promise<readonly VolumeFacts[]> {
  const suspected = told !== undefined && MAY_BE_CREDITS.has(told.kind);
  const asked = facts.volumes.filter(
    (volume) => isBursting(volume) && (withCredits || (suspected && !isBlocked(facts, volume))),
  );
  if (asked.length === 0) return facts.volumes;
  const ids = [...new Set(asked.map(({ efs }) => efs.fileSystemId))];
  const balances = await readBalances(ids, world);
  return facts.volumes.map((volume) =>
    asked.includes(volume) ? { ...volume, credits: balances(volume.efs.fileSystemId) } : volume,
  );
}

function isBursting({ fileSystem }: VolumeFacts): boolean {
  return fileSystem.state === 'present' && fileSystem.value.throughputMode === 'bursting';
}

function isBlocked(facts: MountFacts, volume: VolumeFacts): boolean {
  const byGroups = (['ingress', 'egress'] as const).flatMap((direction) => judgeGroups(facts, volume, direction));
  const byAcls = judgeLegs(facts, legsOf(facts, volume));
  return byGroups.some(({ passage }) => passage.cover === 'none') || byAcls.some(({ cover }) => cover === 'none');
}

async function readBalances(
  fileSystemIds: readonly string[],
  world: World,
): Promise<(fileSystemId: string) => Fact<number>> {
  const toMs = world.nowMs();
  const series = await world.metrics.efs(
    fileSystemIds.map((fileSystemId) => ({
      fileSystemId,
      metric: 'BurstCreditBalance',
      statistic: 'Minimum',
      fromMs: toMs - WINDOW_MS,
      toMs,
      periodSeconds: 60,
    })),
  );
  return (id) => {
    const last = mapFact(series, (all) => all.get(`${id}/BurstCreditBalance`)?.values.at(-1));
    if (last.state !== 'present') return last;
    return last.value === undefined
      ? unknown('CloudWatch has no recent value')
      : { state: 'present', value: last.value };
  };
}
