import { toTaskDefinition } from '../../../lib/aws/from-ecs-definitions.ts';
import type { TaskDefinition } from '../../../lib/domain/ecs.ts';
import type { AccessPoint } from '../../../lib/domain/efs.ts';
import { isWired, wire, wiredView } from '../../../lib/keepers/provision/wire.ts';
import { wishesOf } from '../../../lib/keepers/provision/wishes.ts';
import { expectGolden } from '../../golden.ts';
import { HUGE, OUTPUT_ONLY } from './huge-definition.ts';

const { tags: TAGS, ...DEFINITION } = HUGE;

function definitionOf(raw: object, tags: readonly object[] = TAGS): TaskDefinition {
  const whole = { ...raw, ...OUTPUT_ONLY };
  return toTaskDefinition({ taskDefinition: whole as never, tags: tags as never, whole: whole as never });
}

const POINT: AccessPoint = {
  id: 'fsap-0123456789abcdef0',
  arn: 'arn:aws:elasticfilesystem:eu-west-1:111122223333:access-point/fsap-0123456789abcdef0',
  fileSystemId: 'fs-0123456789abcdef0',
  state: 'available',
  path: '/ecs/shop/data',
  user: { uid: 1000, gid: 1000 },
  tags: {},
};

function wiringOf(source: TaskDefinition) {
  return { source, volumes: wishesOf(source).volumes.map((wish) => ({ wish, point: POINT })) };
}

/** Every path at which two values differ, with both. */
function differences(one: unknown, other: unknown, path = ''): readonly string[] {
  if (JSON.stringify(one) === JSON.stringify(other)) return [];
  const both = [one, other].every((value) => typeof value === 'object' && value !== null);
  if (!both) return [`${path}: ${JSON.stringify(one) ?? 'absent'} -> ${JSON.stringify(other) ?? 'absent'}`];
  const [left, right] = [one, other] as readonly [Record<string, unknown>, Record<string, unknown>];
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].flatMap((key) =>
    differences(left[key], right[key], path === '' ? key : `${path}.${key}`),
  );
}

test('a wired revision of a huge task definition differs from its source only where it must', () => {
  const { input } = wire(wiringOf(definitionOf(DEFINITION)));
  expectGolden('provision/wired-huge.txt', `${differences({ ...DEFINITION, tags: TAGS }, input).join('\n')}\n`);
});

test('no member of the answer is sent back', () => {
  const { input } = wire(wiringOf(definitionOf(DEFINITION)));
  expect(Object.keys(OUTPUT_ONLY).filter((name) => name in input)).toEqual([]);
});

test('wired once it is wired, and wiring it again would change nothing but its own tags', () => {
  const first = wire(wiringOf(definitionOf(DEFINITION)));
  const { tags, ...rest } = first.input as { tags: never };
  const wired = definitionOf(rest, tags);
  const again = wire(wiringOf(wired));
  expect(isWired(wiringOf(wired))).toBe(true);
  expect(isWired(wiringOf(definitionOf(DEFINITION)))).toBe(false);
  expect(differences({ ...again.input, tags: [] }, { ...first.input, tags: [] })).toEqual([]);
  expect(again.specHash).toBe(first.specHash);
});

test('the hash of a specification changes with what is asked for, not with the id of the access point', () => {
  const source = definitionOf(DEFINITION);
  const [volume] = wishesOf(source).volumes;
  if (!volume) throw new Error('no volume');
  const hash = (point: AccessPoint, from = source) =>
    wire({ source: from, volumes: [{ wish: volume, point }] }).specHash;
  expect(hash({ ...POINT, id: 'fsap-00000000000000001' })).toBe(hash(POINT));
  expect(hash({ ...POINT, path: '/ecs/shop/other' })).not.toBe(hash(POINT));
  expect(hash(POINT, definitionOf({ ...DEFINITION, cpu: '2048' }))).not.toBe(hash(POINT));
});

describe('a volume that the tags add', () => {
  const { volumes: _volumes, ...without } = DEFINITION;
  const bare = {
    ...without,
    containerDefinitions: DEFINITION.containerDefinitions.map((one) => ({ ...one, mountPoints: [] })),
  };
  const tags = [
    { key: 'mountkeeper:file-system', value: 'fs-0123456789abcdef0' },
    { key: 'mountkeeper:mount', value: '/data' },
  ];

  test('is mounted in the first essential container, and nothing else changes', () => {
    const { input } = wire(wiringOf(definitionOf(bare, tags)));
    expect(differences({ ...bare, tags }, input).filter((line) => !line.startsWith('tags.'))).toEqual([
      'containerDefinitions.0.mountPoints.0: absent -> {"sourceVolume":"data","containerPath":"/data","readOnly":false}',
      'volumes: absent -> [{"name":"data","efsVolumeConfiguration":{"fileSystemId":"fs-0123456789abcdef0","transitEncryption":"ENABLED","authorizationConfig":{"accessPointId":"fsap-0123456789abcdef0","iam":"ENABLED"}}}]',
    ]);
  });

  test('is not added a second time to the wired revision, which carries the tags over', () => {
    const { input } = wire(wiringOf(definitionOf(bare, tags)));
    const { tags: carried, ...rest } = input as { tags: never };
    const again = definitionOf(rest, carried);
    expect({ wired: isWired(wiringOf(again)), mistakes: wishesOf(again).mistakes }).toEqual({
      wired: true,
      mistakes: [],
    });
  });

  test('in the view of the family it stands as it will', () => {
    const view = wiredView(wiringOf(definitionOf(bare, tags)));
    expect(view.containers[0]?.mountPoints).toEqual([
      { sourceVolume: 'data', containerPath: '/data', readOnly: false },
    ]);
    expect(view.volumes.at(-1)?.efs).toEqual({
      fileSystemId: 'fs-0123456789abcdef0',
      accessPointId: 'fsap-0123456789abcdef0',
      transitEncryption: true,
      iam: true,
    });
  });
});

test('without a task role IAM authorization stays as it was', () => {
  const { taskRoleArn: _role, ...rest } = DEFINITION;
  const { input } = wire(wiringOf(definitionOf(rest)));
  const [volume] = input['volumes'] as { efsVolumeConfiguration: { authorizationConfig: object } }[];
  expect(volume?.efsVolumeConfiguration.authorizationConfig).toEqual({
    iam: 'DISABLED',
    futureAuthMember: 'kept',
    accessPointId: POINT.id,
  });
});
