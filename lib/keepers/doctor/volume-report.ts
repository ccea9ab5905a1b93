import { type Check, diagnose } from '../../diagnosis/diagnose.ts';
import type { MountFacts, VolumeFacts } from '../../diagnosis/mount-facts.ts';
import { type Repairs, repairs } from '../../diagnosis/repairs.ts';
import { notChecked } from '../../diagnosis/rule.ts';
import { judgeEnforcement } from '../../diagnosis/unenforced.ts';
import { keyRefusal, type Locks } from '../../plan/keys.ts';
import {
  type DoctorCheck,
  type DoctorVolume,
  STOP_TITLES,
  type Stop,
  type StopName,
  worstOf,
} from '../../report/doctor/report.ts';
import { type Bench, checkOf, faultOf } from './faults.ts';
import type { FamilyLook } from './gather-family.ts';
import { judgeKeys } from './keys-check.ts';
import { plotsOf } from './plots.ts';
import { WHAT_STANDS } from './what-stands.ts';

/** Where on the way of a mount each rule looks; a test holds this to the rules. */
export const STOP_OF_RULE: Readonly<Record<string, StopName>> = {
  'kind of host': 'definition',
  'Fargate platform version': 'definition',
  'ECS agent': 'definition',
  'proxy of the task': 'definition',
  'transit encryption': 'definition',
  'IAM authorization': 'definition',
  'root directory': 'definition',
  'VPC DNS': 'network',
  "egress of the task's security groups": 'groups',
  "ingress of the mount target's security groups": 'groups',
  'network ACLs': 'groups',
  'quota of rules': 'groups',
  'mount target in each zone': 'targets',
  'state of the mount targets': 'targets',
  'file system': 'file-system',
  'access point': 'access-point',
  'directory of the access point': 'access-point',
  'task role': 'role',
  'grant and policies': 'role',
  'right to write': 'role',
  'root access': 'role',
  "Docker's copy of the image directory": 'identity',
  'POSIX identity': 'identity',
  'container user': 'identity',
  'application log': 'identity',
  'burst credits': 'throughput',
};

export interface VolumeSetting {
  readonly look: FamilyLook;
  readonly mount: MountFacts;
  readonly region: string;
  readonly guard: Locks['guard'];
  readonly optedIn: boolean;
}

/** Everything that is known about one volume, along the way that its mount takes. */
export function volumeReport(volume: VolumeFacts, setting: VolumeSetting): DoctorVolume {
  const alone = { ...setting.mount, volumes: [volume] };
  const { checks, findings } = diagnose(alone);
  const repair = repairs(alone, findings, { enrolled: setting.optedIn });
  const bench: Bench = { mount: alone, volume, region: setting.region, plan: heldByKeys(repair, setting.guard) };
  const stops = (Object.keys(STOP_TITLES) as StopName[]).map((name) => stopOf(name, { checks, bench, setting }));
  return {
    name: volume.name,
    fileSystemId: volume.efs.fileSystemId,
    mountedBy: volume.mountedBy.map(
      ({ container, containerPath, readOnly }) => `${containerPath} in ${container}${readOnly ? ' (read-only)' : ''}`,
    ),
    state: worstOf(stops.map(({ state }) => state)),
    stops,
    plots: plotsOf(volume, setting.look.series),
  };
}

/** Steps whose owner has not turned the key are withheld, as the road does it. */
function heldByKeys({ steps, withheld, keyring }: Repairs, guard: Locks['guard']): Bench['plan'] {
  const judged = steps.map((step) => ({ step, refusal: keyRefusal(step.action, { keyring, guard }) }));
  return {
    steps: judged.flatMap(({ step, refusal }) => (refusal ? [] : [step])),
    withheld: [...withheld, ...judged.flatMap(({ step, refusal }) => (refusal ? [{ ...step, ...refusal }] : []))],
  };
}

interface Judged {
  readonly checks: readonly Check[];
  readonly bench: Bench;
  readonly setting: VolumeSetting;
}

function stopOf(name: StopName, { checks, bench, setting }: Judged): Stop {
  const ofRules = checks
    .filter(({ title }) => STOP_OF_RULE[title] === name)
    .map(({ title, findings }) => checkOf(title, findings, (finding) => faultOf(finding, bench)));
  const all = [...(MORE[name]?.(bench, setting) ?? []), ...ofRules];
  return { name, state: worstOf(all.map(({ state }) => state)), what: WHAT_STANDS[name](bench), checks: all };
}

type More = (bench: Bench, setting: VolumeSetting) => readonly DoctorCheck[];

/** What the doctor looks at besides the rules. */
const MORE: Partial<Readonly<Record<StopName, More>>> = {
  network: (bench) => [checkOf('where tasks can land', places(bench), (finding) => faultOf(finding, bench))],
  'file-system': (bench) => [
    checkOf('file-system policy', judgeEnforcement(bench.mount, bench.volume), (finding) => faultOf(finding, bench)),
  ],
  keys: judgeKeys,
};

function places({ mount: { placesUnknown } }: Bench) {
  return placesUnknown === undefined ? [] : [notChecked('where tasks can land', placesUnknown)];
}
