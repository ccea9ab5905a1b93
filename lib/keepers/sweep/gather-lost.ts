import type { AccessPoint } from '../../domain/efs.ts';
import { seen } from '../../domain/fact.ts';
import { TAG } from '../../domain/tags.ts';
import type { FamilyFacts } from '../../facts/gather-family.ts';
import { inTurns } from '../../facts/in-turns.ts';
import type { World } from '../../world.ts';

/** An access point of ours that the ledger has no row of: the table was lost, or attached anew. */
export interface LostPoint {
  readonly point: AccessPoint;
  readonly family: string;
  readonly volume: string;
  readonly share?: string;
}

const AT_ONCE = 10;

/** Looks only for families that the ledger does not know yet: where it knows them, it knows their access points. */
export async function gatherLost(families: readonly FamilyFacts[], world: World): Promise<readonly LostPoint[]> {
  const unknown = families.filter(({ remembered, units }) => remembered === undefined && units.length > 0);
  const volumes = unknown.flatMap(({ units }) => units.flatMap(({ mount }) => mount.volumes));
  if (volumes.length === 0) return [];
  const ids = new Set(volumes.map(({ efs }) => efs.fileSystemId));
  const points = (seen(await world.efs.everyAccessPoint()) ?? []).filter(({ fileSystemId }) => ids.has(fileSystemId));
  const lost = await inTurns(points.flatMap(asOurs), AT_ONCE, async (one) => {
    const known = await world.ledger.whose(one.point.id);
    return known.some(({ volume }) => volume !== undefined) ? [] : [one];
  });
  return lost.flat();
}

function asOurs(point: AccessPoint): readonly LostPoint[] {
  const { [TAG.managed]: managed, [TAG.family]: family, [TAG.volume]: volume, [TAG.share]: share } = point.tags;
  if (managed !== 'true' || family === undefined || volume === undefined) return [];
  return [{ point, family, volume, ...(share === undefined ? {} : { share }) }];
}
