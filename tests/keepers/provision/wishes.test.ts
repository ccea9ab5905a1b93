import type { TaskDefinition } from '../../../lib/domain/ecs.ts';
import type { Tags } from '../../../lib/domain/tags.ts';
import { wishesOf } from '../../../lib/keepers/provision/wishes.ts';

const FS = 'fs-0123456789abcdef0';
const OTHER = 'fs-0fedcba9876543210';

function definition(tags: Tags, volumes: readonly string[] = ['data']): TaskDefinition {
  return {
    arn: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/shop:1',
    family: 'shop',
    revision: 1,
    status: 'ACTIVE',
    networkMode: 'awsvpc',
    requiresCompatibilities: [],
    containers: [
      { name: 'side', essential: false, readonlyRootFilesystem: false, mountPoints: [] },
      {
        name: 'app',
        essential: true,
        user: '1000',
        readonlyRootFilesystem: false,
        mountPoints: volumes.map((name) => ({ sourceVolume: name, containerPath: `/${name}`, readOnly: false })),
      },
    ],
    volumes: volumes.map((name) => ({
      name,
      kind: 'efs',
      efs: { fileSystemId: FS, transitEncryption: false, iam: false },
    })),
    tags,
    raw: {},
  };
}

const mistakes = (tags: Tags, volumes?: readonly string[]) =>
  wishesOf(definition(tags, volumes)).mistakes.map(({ code, evidence }) => evidence['tag'] ?? code);

test('a tag for one volume comes before the tag for all', () => {
  const { volumes } = wishesOf(
    definition({ 'mountkeeper:uid': '5000', 'mountkeeper:uid/cache': '6000' }, ['data', 'cache']),
  );
  expect(volumes.map(({ name, uid }) => [name, uid])).toEqual([
    ['data', 5000],
    ['cache', 6000],
  ]);
});

test('who mounts a volume is known with its user', () => {
  expect(wishesOf(definition({})).volumes[0]?.mountedBy).toEqual([{ container: 'app', readOnly: false, user: '1000' }]);
});

test('tags of others, and those that Mountkeeper writes itself, are no mistakes', () => {
  expect(mistakes({ team: 'shop', 'aws:cloudformation:stack-name': 'x', 'mountkeeper:spec': 'abc' })).toEqual([]);
});

test('a task definition without EFS volume and without tags for one has nothing to provision', () => {
  expect(mistakes({}, [])).toEqual(['nothing-to-provision']);
});

describe('a volume that the tags add', () => {
  const tags = { 'mountkeeper:file-system': FS, 'mountkeeper:mount': '/data' };

  test('is called data and goes to the first essential container', () => {
    expect(wishesOf(definition(tags, [])).volumes).toMatchObject([
      { name: 'data', fileSystemId: FS, added: { container: 'app', containerPath: '/data' } },
    ]);
  });

  test('goes to the container of the tag, under the name of the tag', () => {
    const named = {
      'mountkeeper:file-system/logs': OTHER,
      'mountkeeper:mount/logs': '/logs',
      'mountkeeper:container/logs': 'side',
    };
    expect(wishesOf(definition(named)).volumes[1]).toMatchObject({
      name: 'logs',
      fileSystemId: OTHER,
      added: { container: 'side', containerPath: '/logs' },
    });
  });

  test.each([
    ['without a path', { 'mountkeeper:file-system': FS }, [], 'mountkeeper:mount'],
    ['with a relative path', { ...tags, 'mountkeeper:mount': 'data' }, [], 'mountkeeper:mount'],
    ['with a path upwards', { ...tags, 'mountkeeper:mount': '/data/../etc' }, [], 'mountkeeper:mount'],
    ['at the root of the container', { ...tags, 'mountkeeper:mount': '/' }, [], 'mountkeeper:mount'],
    ['in a container that does not exist', { ...tags, 'mountkeeper:container': 'web' }, [], 'mountkeeper:container'],
    ['with an id that is none', { ...tags, 'mountkeeper:file-system': 'data' }, [], 'mountkeeper:file-system'],
    ['beside an EFS volume of another name', tags, ['files'], 'mountkeeper:file-system'],
    [
      'over a volume on another file system',
      { ...tags, 'mountkeeper:file-system': OTHER },
      ['data'],
      'mountkeeper:file-system',
    ],
  ])('%s is a mistake', (_what, given, volumes, tag) => {
    expect(mistakes(given, volumes)).toContain(tag);
  });

  test('is there already in a wired revision, whose tags are carried over', () => {
    expect({ mistakes: mistakes(tags, ['data']), volumes: wishesOf(definition(tags)).volumes.length }).toEqual({
      mistakes: [],
      volumes: 1,
    });
  });
});
