import { DeleteAccessPointCommand } from '@aws-sdk/client-efs';
import { buildEstate } from '../estate.ts';
import { failTask, putStop, STDERR } from '../events.ts';
import { invocationsEnded, invocationsOf } from '../invocations.ts';
import { changeable, grantsOf, grantText, ingressOf } from '../look.ts';
import { assert, eventually, type Scenario } from '../scenario.ts';
import { REGION } from '../stand/places.ts';

export const remediateScenarios: readonly Scenario[] = [
  {
    name: 'remediate: the ingress rule that the mount target lacks is written, tagged, and told',
    run: async ({ clients, inbox }) => {
      const estate = await buildEstate(clients, { family: 'closed', ingress: false });
      await putStop(clients, estate, await failTask(clients, estate, STDERR.timedOut));
      const [rule] = await eventually(
        () => ingressOf(clients, estate),
        (rules) => assert.equal(rules.length, 1),
      );
      assert.equal(rule?.ReferencedGroupInfo?.GroupId, estate.clientGroupId);
      assert.deepEqual([rule.IpProtocol, rule.FromPort, rule.ToPort], ['tcp', 2049, 2049]);
      assert.ok(rule.Tags?.some(({ Key, Value }) => Key === 'mountkeeper:managed' && Value === 'true'));
      const alert = await inbox.first(estate.family);
      assert.match(alert.text, new RegExp(estate.mountTargetGroupId));
    },
  },
  {
    name: 'remediate: the grant that the task role lacks is written and told',
    run: async ({ clients, inbox }) => {
      const estate = await buildEstate(clients, { family: 'ungranted', grant: false });
      await putStop(clients, estate, await failTask(clients, estate, STDERR.denied));
      const [name = ''] = await eventually(
        () => grantsOf(clients, estate),
        (names) => assert.equal(names.length, 1),
      );
      assert.match(name, /^mountkeeper/);
      const document = await grantText(clients, estate, name);
      assert.match(document, /elasticfilesystem:ClientMount/);
      assert.ok(document.includes(estate.fileSystemId));
      await inbox.first(estate.family);
    },
  },
  {
    name: 'remediate: an access point that is gone is told, and nothing is changed',
    run: async ({ clients, inbox }) => {
      const estate = await buildEstate(clients, { family: 'pointless' });
      await clients.efs.send(new DeleteAccessPointCommand({ AccessPointId: estate.accessPointId }));
      const before = await changeable(clients, estate);
      await putStop(clients, estate, await failTask(clients, estate, STDERR.denied));
      const alert = await inbox.first(estate.family);
      assert.ok(alert.text.includes(estate.accessPointId ?? 'no access point'), alert.text);
      assert.deepEqual(await changeable(clients, estate), before);
    },
  },
  {
    name: 'remediate: a zone without a mount target is told, and nothing is changed',
    run: async ({ clients, inbox }) => {
      const estate = await buildEstate(clients, { family: 'targetless', mountTargets: 1 });
      const before = await changeable(clients, estate);
      const stderr = STDERR.noMountTarget(estate.fileSystemId, REGION);
      await putStop(clients, estate, await failTask(clients, estate, stderr, 1));
      const alert = await inbox.first(estate.family);
      assert.match(alert.text, /no mount target/i);
      assert.deepEqual(await changeable(clients, estate), before);
    },
  },
  {
    name: 'remediate: the same event ten times at once makes one rule and one alert',
    run: async ({ clients, inbox }) => {
      const estate = await buildEstate(clients, { family: 'repeated', ingress: false });
      const task = await failTask(clients, estate, STDERR.timedOut);
      const { begun } = await invocationsOf(clients, 'mountkeeper-remediate');
      await Promise.all(Array.from({ length: 10 }, () => putStop(clients, estate, task)));
      await eventually(
        () => ingressOf(clients, estate),
        (rules) => assert.equal(rules.length, 1),
      );
      await inbox.first(estate.family);
      await invocationsEnded(clients, 'mountkeeper-remediate', begun + 10);
      assert.equal((await ingressOf(clients, estate)).length, 1);
      assert.equal((await inbox.about(estate.family)).length, 1);
    },
  },
];
