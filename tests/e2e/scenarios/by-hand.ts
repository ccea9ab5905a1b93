import { buildEstate } from '../estate.ts';
import { failTask, putStop, STDERR } from '../events.ts';
import { invocationsEnded } from '../invocations.ts';
import { invoke } from '../invoke.ts';
import { changeable, ingressOf } from '../look.ts';
import { assert, eventually, type Scenario } from '../scenario.ts';

export const byHandScenarios: readonly Scenario[] = [
  {
    name: 'revert: the change that an alert names is taken back by its own command',
    run: async ({ clients, inbox }) => {
      const estate = await buildEstate(clients, { family: 'regretted', ingress: false });
      await putStop(clients, estate, await failTask(clients, estate, STDERR.timedOut));
      await eventually(
        () => ingressOf(clients, estate),
        (rules) => assert.equal(rules.length, 1),
      );
      const { text } = await inbox.first(estate.family);
      const payload = /mountkeeper-revert .*--payload '([^']+)'/.exec(text)?.[1];
      assert.ok(payload, text);
      // The run that told may still hold the family; whoever asks then asks again.
      await invocationsEnded(clients, 'mountkeeper-remediate');
      await invoke(clients, 'revert', JSON.parse(payload) as object);
      assert.deepEqual(await ingressOf(clients, estate), []);
    },
  },
  {
    name: 'doctor: a missing rule is found before any task fails, and nothing is changed',
    run: async ({ clients }) => {
      const estate = await buildEstate(clients, { family: 'examined', ingress: false });
      const before = await changeable(clients, estate);
      const answer = JSON.stringify(await invoke(clients, 'doctor', { family: estate.family }));
      assert.match(answer, /security-group-ingress-missing/);
      assert.ok(answer.includes(estate.mountTargetGroupId));
      assert.deepEqual(await changeable(clients, estate), before);
    },
  },
  {
    name: 'sweep: a family of which nothing was heard is repaired and told',
    run: async ({ clients, inbox }) => {
      const estate = await buildEstate(clients, { family: 'unheard', ingress: false });
      await invoke(clients, 'sweep', { family: estate.family });
      const [rule] = await ingressOf(clients, estate);
      assert.equal(rule?.ReferencedGroupInfo?.GroupId, estate.clientGroupId);
      await inbox.first(estate.family);
    },
  },
];
