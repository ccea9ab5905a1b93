import { buildEstate } from '../../lib/simulator/estate.ts';
import {
  alerts,
  byHand,
  codes,
  done,
  grantOf,
  heldBy,
  managedPoints,
  newest,
  provisioned,
  register,
  setTags,
  untouched,
  writes,
} from './provision-stage.ts';
import { stage } from './stage.ts';

describe('what a tag cannot reach', () => {
  test('a file system without its owner’s key: nothing is made, and the owner is given the command (trap G2)', async () => {
    const at = untouched({ keys: { fileSystem: false } });
    const outcome = await byHand(at);
    expect({ held: heldBy(outcome), writes: writes(at) }).toEqual({
      held: { 'create-access-point': 'key', 'put-role-policy': 'key', 'register-revision': 'key' },
      writes: [],
    });
    expect(alerts(at)[0]).toContain(`aws efs tag-resource --resource-id ${at.estate.fileSystemId}`);
  });

  test('a file system whose owner names other families only', async () => {
    const at = untouched({ keys: { fileSystem: false }, fileSystemTags: { 'mountkeeper:allow': 'billing orders-+' } });
    await byHand(at);
    expect(writes(at)).toEqual([]);
  });

  test('a file system that the tags add and that is not opened to the family', async () => {
    const at = untouched({ volume: false, keys: { fileSystem: false } });
    setTags(at, { 'mountkeeper:file-system': at.estate.fileSystemId, 'mountkeeper:mount': '/data' });
    await byHand(at);
    expect(writes(at)).toEqual([]);
  });

  test('a role without its owner’s key gets no grant, and nothing is wired to depend on it (trap G1)', async () => {
    const at = untouched({ keys: { role: false } });
    const outcome = await byHand(at);
    expect({ held: heldBy(outcome), done: done(outcome) }).toEqual({
      held: { 'put-role-policy': 'key', 'register-revision': 'key' },
      done: ['create-access-point'],
    });
  });

  test.each([
    ['uid 0', { 'mountkeeper:uid': '0' }, 'root-not-allowed'],
    ['gid 0', { 'mountkeeper:gid': '0' }, 'root-not-allowed'],
    ['a share that is not shared with it', { 'mountkeeper:share': 'media' }, 'share-not-allowed'],
    ['a share whose name is a path', { 'mountkeeper:share': '../billing' }, 'tag-invalid'],
    ['a share and a uid of its own', { 'mountkeeper:share': 'media', 'mountkeeper:uid': '5000' }, 'tag-invalid'],
    ['a word for a uid', { 'mountkeeper:uid': 'root' }, 'tag-invalid'],
    ['a uid that is too large', { 'mountkeeper:uid': '4294967296' }, 'tag-invalid'],
    ['permissions that are not octal', { 'mountkeeper:permissions': '0789' }, 'tag-invalid'],
    ['a tag that does not exist', { 'mountkeeper:path': '/' }, 'tag-invalid'],
    ['a volume that does not exist', { 'mountkeeper:uid/files': '5000' }, 'tag-invalid'],
    ['a mode that does not exist', { 'mountkeeper:mode': 'off' }, 'tag-invalid'],
    ['an opt-in that is not true', { 'mountkeeper:enabled': 'yes' }, 'tag-invalid'],
  ])('%s is refused and told', async (_what, tags, code) => {
    const at = untouched();
    setTags(at, tags);
    expect({ codes: codes(await byHand(at)), writes: writes(at), alerts: alerts(at).length }).toEqual({
      codes: expect.arrayContaining([code]),
      writes: [],
      alerts: 1,
    });
  });

  test('all mistakes are told at once, with tag, value and what was expected', async () => {
    const at = untouched();
    setTags(at, { 'mountkeeper:uid': 'x', 'mountkeeper:permissions': '9', 'mountkeeper:wire': 'now' });
    const outcome = await byHand(at);
    expect(outcome?.decision.findings.map(({ evidence }) => evidence)).toEqual([
      { tag: 'mountkeeper:uid', value: 'x', expected: 'a whole number from 0 to 4294967295' },
      { tag: 'mountkeeper:permissions', value: '9', expected: 'three or four octal digits, such as 0750' },
      { tag: 'mountkeeper:wire', value: 'now', expected: 'auto, revision or publish' },
    ]);
  });

  test('another family’s access point, named in the volume (trap G3)', async () => {
    const at = await provisioned();
    const other = buildEstate(at.account, { name: 'billing', beside: at.estate, accessPoint: false, standalone: true });
    const stolen = managedPoints(at)[0]?.id ?? '';
    await register(at, {
      family: 'billing',
      taskRoleArn: other.taskRoleArn,
      volumes: [
        {
          name: 'data',
          efsVolumeConfiguration: {
            fileSystemId: at.estate.fileSystemId,
            transitEncryption: 'ENABLED',
            authorizationConfig: { accessPointId: stolen },
          },
        },
      ],
    });
    const before = writes(at).length;
    const outcome = await byHand(at, 'billing');
    expect({ codes: codes(outcome), writes: writes(at).slice(before) }).toEqual({
      codes: expect.arrayContaining(['access-point-of-another']),
      writes: [],
    });
  });

  test('a family called shared does not get into the directory of shares (trap G3)', async () => {
    const at = stage({ accessPoint: false, standalone: true, name: 'shared' });
    expect({ codes: codes(await byHand(at)), writes: writes(at) }).toEqual({ codes: ['tag-invalid'], writes: [] });
  });

  test('a path that would be too long or too deep', async () => {
    const deep = untouched({ fileSystemTags: { 'mountkeeper:base-path': '/a/b/c' } });
    const long = untouched({ fileSystemTags: { 'mountkeeper:base-path': `/${'x'.repeat(90)}` } });
    const dots = untouched({ fileSystemTags: { 'mountkeeper:base-path': '/../etc' } });
    for (const at of [deep, long, dots])
      expect({ codes: codes(await byHand(at)), writes: writes(at) }).toEqual({ codes: ['tag-invalid'], writes: [] });
  });
});

describe('what cannot be looked at', () => {
  test('a file system that does not exist is told, and nothing is made', async () => {
    const at = untouched();
    delete at.account.state.efs.fileSystems[at.estate.fileSystemId];
    expect({ codes: codes(await byHand(at)), writes: writes(at) }).toEqual({
      codes: ['file-system-missing'],
      writes: [],
    });
  });

  test.each(['DescribeFileSystems', 'DescribeAccessPoints'])(
    '%s is denied: told, and nothing is made',
    async (operation) => {
      const at = untouched();
      at.account.faults.inject({ match: { operation }, kind: 'deny' });
      const outcome = await byHand(at);
      expect({ codes: codes(outcome), writes: writes(at), alerts: alerts(at).length }).toEqual({
        codes: expect.arrayContaining(['needs-a-person']),
        writes: [],
        alerts: 1,
      });
    },
  );

  test('earlier revisions that cannot be read may have data', async () => {
    const at = untouched();
    await register(at);
    at.account.faults.inject({ match: { operation: 'ListTaskDefinitions' }, kind: 'deny' });
    expect(heldBy(await byHand(at))).toMatchObject({ 'create-access-point': 'unknown' });
    expect(writes(at)).toEqual([]);
  });

  test('a role that cannot be read gets no grant', async () => {
    const at = untouched();
    at.account.faults.inject({ match: { operation: 'GetRole' }, kind: 'deny' });
    expect(heldBy(await byHand(at))).toMatchObject({ 'put-role-policy': 'unknown' });
    expect(grantOf(at)).toBeUndefined();
  });
});

describe('the task role', () => {
  test('that is the execution role as well gets no grant (trap G4)', async () => {
    const at = untouched();
    newest(at).definition = { ...newest(at).definition, executionRoleArn: at.estate.taskRoleArn };
    expect(heldBy(await byHand(at))).toMatchObject({ 'put-role-policy': 'person', 'register-revision': 'person' });
    expect(writes(at)).toEqual(['CreateAccessPoint']);
  });

  test.each([
    ['is service-linked', { path: '/aws-service-role/ecs.amazonaws.com/' }],
    ['does not trust ECS tasks', { trustPolicy: '{"Version":"2012-10-17","Statement":[]}' }],
    [
      'trusts only Lambda',
      {
        trustPolicy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        }),
      },
    ],
  ])('that %s gets no grant (trap G4)', async (_what, change) => {
    const at = untouched();
    const { roles } = at.account.state.iam;
    const role = roles[at.estate.taskRoleName];
    if (role) roles[at.estate.taskRoleName] = { ...role, ...change };
    expect(heldBy(await byHand(at))).toMatchObject({ 'put-role-policy': 'person', 'register-revision': 'person' });
    expect(grantOf(at)).toBeUndefined();
  });

  test('of another account gets no grant (trap G4)', async () => {
    const at = untouched();
    newest(at).definition = { ...newest(at).definition, taskRoleArn: 'arn:aws:iam::444455556666:role/shop-api-task' };
    const outcome = await byHand(at);
    expect(Object.keys(heldBy(outcome))).toContain('put-role-policy');
    expect(writes(at)).toEqual(['CreateAccessPoint']);
  });

  test('shared with a family that may not use the file system gets no grant (trap G4)', async () => {
    const at = untouched({ keys: { fileSystem: false }, fileSystemTags: { 'mountkeeper:allow': 'shop-api' } });
    await at.installed.world('provision').ledger.belongs({ resource: at.estate.taskRoleArn, family: 'billing' });
    const outcome = await byHand(at);
    expect({ held: heldBy(outcome), codes: codes(outcome) }).toEqual({
      held: expect.objectContaining({ 'put-role-policy': 'person' }),
      codes: expect.arrayContaining(['role-shared']),
    });
  });

  test('shared by families that all may use the file system gets it, with a warning (trap G4)', async () => {
    const at = untouched();
    await at.installed.world('provision').ledger.belongs({ resource: at.estate.taskRoleArn, family: 'billing' });
    const outcome = await byHand(at);
    expect({ done: done(outcome), codes: codes(outcome) }).toEqual({
      done: ['create-access-point', 'put-role-policy', 'register-revision'],
      codes: expect.arrayContaining(['role-shared']),
    });
  });

  test('with AmazonElasticFileSystemClient… is told (trap G8)', async () => {
    const at = untouched();
    const role = at.account.state.iam.roles[at.estate.taskRoleName];
    if (role)
      role.attachedPolicies['arn:aws:iam::aws:policy/AmazonElasticFileSystemClientFullAccess'] = { effectiveFromMs: 0 };
    expect(codes(await byHand(at))).toContain('role-over-granted');
  });

  test('near its 10,240 characters is told before the next grant does not fit, and gets none that does not fit', async () => {
    const near = untouched();
    fill(near, 9_700);
    expect(codes(await byHand(near))).toContain('role-nearly-full');
    const full = untouched();
    fill(full, 10_200);
    const outcome = await byHand(full);
    expect({ held: heldBy(outcome), grant: grantOf(full) }).toEqual({
      held: { 'put-role-policy': 'quota', 'register-revision': 'quota' },
      grant: undefined,
    });
  });

  test('missing: access point and encryption, no IAM, and what to add', async () => {
    const at = untouched({ policy: 'none' });
    const { taskRoleArn: _role, ...definition } = newest(at).definition;
    newest(at).definition = definition;
    const outcome = await byHand(at);
    expect(codes(outcome)).toContain('task-role-missing');
    expect(newest(at).definition.volumes?.[0]?.efsVolumeConfiguration).toEqual({
      fileSystemId: at.estate.fileSystemId,
      rootDirectory: '/',
      transitEncryption: 'ENABLED',
      authorizationConfig: { accessPointId: managedPoints(at)[0]?.id },
    });
  });
});

function fill(at: ReturnType<typeof untouched>, characters: number): void {
  const role = at.account.state.iam.roles[at.estate.taskRoleName];
  const shell =
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::"}]}';
  const document = shell.replace(':::', `:::${'x'.repeat(characters - shell.length)}`);
  if (role) role.inlinePolicies = { other: { document, effectiveFromMs: 0 } };
}
