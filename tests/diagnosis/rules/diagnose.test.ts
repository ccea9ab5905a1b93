import { diagnose } from '../../../lib/diagnosis/diagnose.ts';
import { FAILURE_KIND_NAMES } from '../../../lib/diagnosis/failure-kinds.ts';
import type { MountFacts } from '../../../lib/diagnosis/mount-facts.ts';
import { RULES } from '../../../lib/diagnosis/rules.ts';
import { absent, present, unknown } from '../../../lib/domain/fact.ts';
import {
  accessPoint,
  facts,
  fileSystem,
  group,
  groups,
  nfsFrom,
  place,
  plainVolume,
  policies,
  rulesOf,
  TARGET_GROUP,
  target,
  told,
  VPC,
  volume,
} from '../build-facts.ts';
import { codes } from './codes.ts';

const closed = { groups: groups({ [TARGET_GROUP]: present(group(TARGET_GROUP)) }) };
const ungranted = { rolePolicies: policies() };

test('a mount that works has nothing to be said about it', () => {
  const { findings, explained, notChecked, checked } = diagnose(facts());
  expect(findings).toEqual([]);
  expect([explained, notChecked]).toEqual([true, []]);
  expect(checked).toEqual(RULES.map(({ title }) => title));
});

test('a failure that nothing explains says what was looked at and what not', () => {
  const given = facts({ told: told('network-timeout', 'Connection timed out'), dns: { [VPC]: unknown('denied') } });
  const { findings, explained } = diagnose(given);
  expect(explained).toBe(false);
  expect(codes(findings)).toEqual(['cause-not-found', 'not-checked']);
  expect(findings[0]?.evidence).toMatchObject({
    stopReason: 'Connection timed out',
    notChecked: `VPC DNS: ${VPC}: denied`,
  });
  expect(findings[0]?.evidence['checked']).toMatch("ingress of the mount target's security groups");
  expect(findings[0]?.evidence['checked']).not.toMatch('VPC DNS');
});

describe('what explains the failure comes first', () => {
  test.each<[Parameters<typeof told>[0], string]>([
    ['network-timeout', 'security-group-ingress-missing'],
    ['connection-reset', 'security-group-ingress-missing'],
    ['access-denied-iam', 'grant-missing'],
  ])('%s: %s', (kind, wanted) => {
    const { findings, explained } = diagnose(facts({ ...closed, ...ungranted, told: told(kind) }));
    expect([findings[0]?.code, explained]).toEqual([wanted, true]);
    expect(new Set(codes(findings))).toEqual(new Set(['security-group-ingress-missing', 'grant-missing']));
  });

  test('what must be fixed comes before what should be', () => {
    const { creation: _none, ...bare } = accessPoint();
    const volumes = [volume({ accessPoint: present({ ...bare, path: '/x' }) })];
    const found = diagnose(facts({ volumes, ...ungranted, told: told('access-denied-iam') })).findings;
    expect(codes(found)).toEqual(['grant-missing', 'access-point-creates-no-directory']);
  });

  test('a fault of another kind does not explain it', () => {
    const { findings, explained } = diagnose(facts({ ...ungranted, told: told('network-timeout') }));
    expect([codes(findings), explained]).toEqual([['cause-not-found', 'grant-missing'], false]);
  });

  test('where the kind was a guess that nothing bears out, anything that must be fixed explains it', () => {
    const guess = { ...told('network-timeout', 'mount system call failed'), certainty: 'guess' } as const;
    const { findings, explained } = diagnose(facts({ ...ungranted, told: guess }));
    expect([codes(findings), explained]).toEqual([['grant-missing'], true]);
    const nothing = diagnose(facts({ told: guess }));
    expect([codes(nothing.findings), nothing.findings[0]?.evidence['stopReason']]).toEqual([
      ['cause-not-found'],
      'mount system call failed',
    ]);
    const borneOut = diagnose(facts({ ...closed, ...ungranted, told: guess }));
    expect(borneOut.findings[0]?.code).toBe('security-group-ingress-missing');
  });

  test('a fault in another zone does not explain it', () => {
    const volumes = [volume({ mountTargets: present([target('a')]) })];
    const { findings } = diagnose(facts({ volumes, told: told('dns-resolution') }));
    expect(codes(findings)).toEqual(['cause-not-found', 'no-mount-target-in-zone']);
  });

  test('a reason that names no cause is explained by anything that must be fixed', () => {
    const { findings } = diagnose(facts({ ...ungranted, told: told('mount-unknown') }));
    expect(codes(findings)).toEqual(['grant-missing']);
  });

  test('a reason that is none of ours needs no explanation', () => {
    expect(codes(diagnose(facts({ told: told('not-efs') })).findings)).toEqual([]);
  });
});

test('what no API shows is taken from the reason, only where nothing else explains it', () => {
  const volumes = [plainVolume({ efs: { rootDirectory: '/missing' } })];
  const given = facts({ volumes, told: told('root-directory-not-found') });
  expect(codes(diagnose(given).findings)).toEqual(['root-directory-not-found']);
  const tunnel = facts({ ...closed, told: told('tls-tunnel-failed') });
  expect(codes(diagnose(tunnel).findings)).toEqual(['security-group-ingress-missing']);
});

describe('several volumes', () => {
  test('are all judged', () => {
    const volumes = [volume(), volume({ name: 'other', accessPoint: absent })];
    expect(codes(diagnose(facts({ volumes })).findings)).toEqual(['access-point-missing']);
  });

  test('of one file system tell its trouble once', () => {
    const broken = { fileSystem: present(fileSystem({ state: 'error' })) };
    const volumes = [volume(broken), volume({ ...broken, name: 'other' })];
    expect(codes(diagnose(facts({ volumes })).findings)).toEqual(['file-system-not-available']);
  });
});

describe('launch types', () => {
  test.each(['FARGATE', 'EC2', 'MANAGED_INSTANCES'] as const)('%s is judged', (type) => {
    const launch = { type, networkMode: 'awsvpc' } as const;
    expect(codes(diagnose(facts({ ...closed, launch })).findings)).toEqual(['security-group-ingress-missing']);
  });

  test('an unknown one has no network to be judged, but its configuration is', () => {
    const given = facts({ ...closed, ...ungranted, launch: { type: 'OTHER', networkMode: 'awsvpc' } });
    const { findings, notChecked } = diagnose(given);
    expect(findings[0]?.code).toBe('grant-missing');
    expect(codes(findings)).not.toContain('security-group-ingress-missing');
    expect(notChecked.map(({ what }) => what)).toEqual(
      RULES.filter((rule) => rule.needsLaunch).map((rule) => rule.title),
    );
  });
});

test('each rule says of each volume whether it passed', () => {
  const near = groups({
    [TARGET_GROUP]: present(group(TARGET_GROUP, { ingress: [nfsFrom('sg-0000000000000000c'), ...rulesOf(50)] })),
  });
  const { checks } = diagnose(facts({ groups: near, ...ungranted, dns: {} }));
  const stateOf = (title: string) => checks.find((check) => check.title === title)?.state;
  expect(['file system', 'VPC DNS', 'grant and policies', 'quota of rules'].map(stateOf)).toEqual([
    'pass',
    'not-checked',
    'fail',
    'warn',
  ]);
  expect(checks).toHaveLength(RULES.length);
});

test('a place that could not be seen is said, and nothing is made up about it', () => {
  const given: MountFacts = facts({
    places: [place('a', { subnet: unknown('denied') })],
    told: told('network-timeout'),
  });
  const { findings } = diagnose(given);
  expect(codes(findings)).toEqual(['cause-not-found', 'not-checked']);
});

test('every kind of failure that has causes to be found can be explained by some rule or is taken at its word', () => {
  const wordOnly = ['helper-metadata', 'volume-limit-or-throttle', 'mount-unknown', 'not-efs'];
  const explained = new Set(RULES.flatMap((rule) => rule.explains));
  const open = FAILURE_KIND_NAMES.filter((kind) => !explained.has(kind) && !wordOnly.includes(kind));
  expect(open).toEqual([]);
});
