import type { MountTarget } from '../../domain/efs.ts';
import type { Finding, FindingCode } from '../../domain/finding.ts';
import type { MountFacts, VolumeFacts } from '../mount-facts.ts';
import { concernsFailure, pathsOf } from '../paths.ts';
import { ELSEWHERE, finding } from '../rule.ts';

const CODES: Readonly<Record<MountTarget['state'], FindingCode | undefined>> = {
  available: undefined,
  updating: 'mount-target-updating',
  creating: 'mount-target-not-available',
  deleting: 'mount-target-not-available',
  deleted: 'mount-target-not-available',
  error: 'mount-target-not-available',
};

/** A mount target that could not be read at all is told where its zone is judged. */
export function judgeMountTargetState(facts: MountFacts, volume: VolumeFacts): readonly Finding[] {
  const byTarget = Map.groupBy(pathsOf(facts, volume), ({ target }) => target.id);
  return [...byTarget.values()].flatMap((paths) => {
    const [first] = paths;
    const code = first && CODES[first.target.state];
    if (!first || !code) return [];
    const { id, state, zoneId, subnetId } = first.target;
    const places = paths.map(({ place }) => place);
    const evidence = { state, zone: zoneId, subnet: subnetId, fileSystem: volume.efs.fileSystemId };
    return [finding(code, id, { ...evidence, ...(concernsFailure(facts, places) ? {} : ELSEWHERE) })];
  });
}
