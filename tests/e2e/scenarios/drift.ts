import { DeleteAccessPointCommand, ModifyMountTargetSecurityGroupsCommand } from '@aws-sdk/client-efs';
import { buildEstate } from '../estate.ts';
import { putCall } from '../events.ts';
import { invocationsEnded } from '../invocations.ts';
import { invoke } from '../invoke.ts';
import { accessPointsOf, changeable } from '../look.ts';
import { assert, eventually, type Scenario } from '../scenario.ts';
import { freshFamily, optIn, REGISTERED_WITHIN_MS, wired } from './provision.ts';

export const driftScenarios: readonly Scenario[] = [
  {
    name: 'drift: an access point of ours that somebody deletes is made again, at the same place',
    run: async ({ clients }) => {
      const estate = await freshFamily(clients, 'drifted');
      await optIn(clients, estate);
      const accessPointId = await wired(clients, estate);
      const [before] = await accessPointsOf(clients, estate);
      await invocationsEnded(clients, 'mountkeeper-provision');
      await invoke(clients, 'drift', { family: estate.family });
      await clients.efs.send(new DeleteAccessPointCommand({ AccessPointId: accessPointId }));
      await putCall(clients, 'efs-delete-access-point', { requestParameters: { accessPointId } });
      const [point] = await eventually(
        () => accessPointsOf(clients, estate),
        (points) => assert.equal(points.length, 1),
        REGISTERED_WITHIN_MS,
      );
      assert.notEqual(point?.AccessPointId, accessPointId);
      assert.deepEqual([point?.RootDirectory, point?.PosixUser], [before?.RootDirectory, before?.PosixUser]);
    },
  },
  {
    name: 'drift: groups of a mount target that somebody replaces are told with who did it and the way back',
    run: async ({ clients, inbox }) => {
      const estate = await buildEstate(clients, { family: 'regrouped' });
      await invoke(clients, 'drift', { family: estate.family });
      const before = await changeable(clients, estate);
      const [mountTargetId = ''] = estate.mountTargetIds;
      const securityGroups = [estate.clientGroupId];
      await clients.efs.send(
        new ModifyMountTargetSecurityGroupsCommand({ MountTargetId: mountTargetId, SecurityGroups: securityGroups }),
      );
      const requestParameters = { mountTargetId, securityGroups };
      await putCall(clients, 'efs-modify-mount-target-security-groups', { requestParameters });
      const alert = await inbox.first(estate.family);
      assert.match(alert.text, /user\/operator/);
      assert.ok(alert.text.includes(`--security-groups ${estate.mountTargetGroupId}`), alert.text);
      assert.deepEqual(await changeable(clients, estate), before);
    },
  },
];
