import type { Clients } from '../clients.ts';
import { buildEstate, type Estate } from '../estate.ts';
import { putCall } from '../events.ts';
import { accessPointsOf, deployedOf, grantText, ingressOf, newestOf } from '../look.ts';
import { assert, eventually, type Scenario } from '../scenario.ts';

/** A registration waits until the grant has spread and the family's minute is over. */
export const REGISTERED_WITHIN_MS = 300_000;

/** A family with the plain volume that a team writes first: no access point, no grant, no way through the network. */
export async function freshFamily(clients: Clients, family: string): Promise<Estate> {
  const tags = { 'mountkeeper:start': 'empty' };
  return await buildEstate(clients, { family, accessPoint: false, ingress: false, tags });
}

/** The tag that opts in, as CloudTrail tells it. */
export async function optIn(clients: Clients, { taskDefinitionArn }: Estate): Promise<void> {
  const tags = [{ key: 'mountkeeper:enabled', value: 'true' }];
  await putCall(clients, 'ecs-tag-resource', { requestParameters: { resourceArn: taskDefinitionArn, tags } });
}

/** Waits until a wired revision is registered, and gives the access point that it names. */
export async function wired(clients: Clients, estate: Estate): Promise<string> {
  const newest = await eventually(
    () => newestOf(clients, estate),
    (found) => assert.equal(found?.revision, 2),
    REGISTERED_WITHIN_MS,
  );
  return newest?.volumes?.[0]?.efsVolumeConfiguration?.authorizationConfig?.accessPointId ?? '';
}

export const provisionScenarios: readonly Scenario[] = [
  {
    name: 'provision: a tag makes access point, rule, grant and wired revision, and the service runs it',
    run: async ({ clients, inbox }) => {
      const estate = await freshFamily(clients, 'fresh');
      await optIn(clients, estate);
      const accessPointId = await wired(clients, estate);
      const [point, ...others] = await accessPointsOf(clients, estate);
      assert.deepEqual([point?.AccessPointId, others], [accessPointId, []]);
      assert.equal(point?.RootDirectory?.Path, '/ecs/fresh/data');
      assert.ok((point.PosixUser?.Uid ?? 0) >= 10_000);
      assert.ok(point.Tags?.some(({ Key, Value }) => Key === 'mountkeeper:managed' && Value === 'true'));
      const [rule] = await ingressOf(clients, estate);
      assert.equal(rule?.ReferencedGroupInfo?.GroupId, estate.clientGroupId);
      const grant = await grantText(clients, estate, `mountkeeper-${estate.fileSystemId}`);
      assert.ok(grant.includes(accessPointId), grant);
      const newest = await newestOf(clients, estate);
      const volume = newest?.volumes?.[0]?.efsVolumeConfiguration;
      assert.equal(volume?.transitEncryption, 'ENABLED');
      assert.equal(volume.authorizationConfig?.iam, 'ENABLED');
      assert.equal(newest?.containerDefinitions?.[0]?.environment?.[0]?.value, 'example-value-never-log-this');
      await eventually(
        () => deployedOf(clients, estate),
        (arn) => assert.equal(arn, newest?.taskDefinitionArn),
      );
      const alert = await inbox.first(estate.family);
      assert.ok(!alert.text.includes('example-value-never-log-this'));
    },
  },
];
