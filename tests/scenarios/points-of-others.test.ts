import { amendVolume } from '../../lib/simulator/breaks/break.ts';
import { addAccessPoint } from '../../lib/simulator/estate/storage.ts';
import { buildEstate, runEstate } from '../../lib/simulator/estate.ts';
import { byHand, grantOf, managedPoints, newest, register, untouched } from './provision-stage.ts';
import { breakIt, type Stage, stage } from './stage.ts';

jest.setTimeout(120_000);

/** A task definition may name any access point of the file system; a grant for it would hand out whatever lies there. */
function granted({ account }: Stage, accessPointId: string): readonly string[] {
  return account.calls
    .filter((call) => call.operation === 'PutRolePolicy' && call.caller.includes(':role/mountkeeper-') && !call.error)
    .map(({ input }) => JSON.stringify(input))
    .filter((input) => input.includes(accessPointId));
}

function allowing(): Stage {
  return stage({ fileSystemTags: { 'mountkeeper:allow': 'shop-api billing' }, keys: { fileSystem: false } });
}

async function mountThrough(at: Stage, accessPointId: string): Promise<void> {
  amendVolume(at.account, at.estate, (efs) => ({
    ...efs,
    authorizationConfig: { ...efs.authorizationConfig, accessPointId },
  }));
  breakIt(at.account, at.estate, 'no-grant');
  await runEstate(at.account, at.estate);
  await at.account.bus.drain();
  await at.installed.invoke('sweep', {});
}

function pointOn(at: Stage, path: string): string {
  const id = addAccessPoint(at.account, at.estate.spec, at.estate.fileSystemId);
  Object.assign(at.account.state.efs.accessPoints[id] ?? {}, { path, clientToken: 'admin' });
  return id;
}

test.each(['/', '/ecs', '/ecs/shared', '/ecs/billing', '/ecs/billing/data', '/ecs/shared/common'])(
  'an access point on %s, which is not the family’s, gets no grant',
  async (path) => {
    const at = allowing();
    const id = pointOn(at, path);
    await mountThrough(at, id);
    expect(granted(at, id)).toEqual([]);
  },
);

test.each(['/shop', '/ecs/shop-api/data'])('an access point on %s gets its grant', async (path) => {
  const at = allowing();
  const id = pointOn(at, path);
  await mountThrough(at, id);
  expect(granted(at, id)).toHaveLength(1);
});

test('an access point that another family has been seen to mount through gets no grant', async () => {
  const at = allowing();
  const billing = buildEstate(at.account, { name: 'billing', beside: at.estate });
  await at.installed.invoke('sweep', {});
  const id = billing.accessPointId ?? '';
  await mountThrough(at, id);
  expect(granted(at, id)).toEqual([]);
});

test.each(['sweep', 'remediate', 'drift'] as const)(
  'who may only read a share gets no right to write it by mounting it writable later (%s)',
  async (by) => {
    const at = untouched({
      readOnly: true,
      definitionTags: { 'mountkeeper:share': 'common' },
      fileSystemTags: { 'mountkeeper:share/common': 'shop-api:ro billing' },
    });
    await byHand(at);
    expect(managedPoints(at)[0]?.path).toBe('/ecs/shared/common');
    expect(JSON.stringify(grantOf(at))).toContain('ClientMount');
    const { definition, tags } = newest(at);
    const containerDefinitions = definition.containerDefinitions?.map((one) => ({
      ...one,
      mountPoints: one.mountPoints?.map((point) => ({ ...point, readOnly: false })),
    }));
    const volumes = [...(definition.volumes ?? [])];
    await register(at, { volumes, containerDefinitions, tags });
    await at.account.clock.advance(120_000);
    const event = { sweep: {}, drift: { family: 'shop-api' }, remediate: { taskDefinition: 'shop-api' } }[by];
    await at.installed.invoke(by, event);
    expect(JSON.stringify(grantOf(at))).not.toContain('ClientWrite');
  },
);
