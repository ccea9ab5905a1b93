import { gather } from '../../../lib/keepers/doctor/gather.ts';
import { doctor } from '../../../lib/keepers/doctor/keeper.ts';
import { answerOf } from '../../../lib/keepers/doctor/render.ts';
import { walk } from '../../../lib/road.ts';
import { breakIt } from '../../../lib/simulator/break-it.ts';
import { buildEstate, runEstate } from '../../../lib/simulator/estate.ts';
import { worldOn } from '../../../lib/simulator/world-on.ts';
import { DOCTOR_ROLE, examine, faultsOf, furnished } from './on-stage.ts';

// The first test of a file loads every client; on a busy machine that takes seconds.
jest.setTimeout(60_000);

test('a family that is not there is not checked, and names like it are given', async () => {
  const stage = furnished({ name: 'shop-api' });
  const report = await examine(stage, { reference: 'shop-app' });
  expect(report.exitCode).toBe(2);
  expect(faultsOf(report)[0]?.evidence.join(' ')).toContain('did you mean shop-api?');
});

test('without a name every family that opted in is looked at, and no other', async () => {
  const stage = furnished({ name: 'orders' });
  buildEstate(stage.account, { name: 'billing', beside: stage.estate });
  buildEstate(stage.account, { name: 'private', beside: stage.estate, keys: { taskDefinition: false } });
  const report = await examine(stage);
  expect(report.families.map(({ family }) => family)).toEqual(['billing', 'orders']);
});

test('a family without an EFS volume has nothing to check', async () => {
  const report = await examine(furnished({ volume: false }), { reference: 'shop-api' });
  expect(faultsOf(report).map(({ code, state }) => [code, state])).toEqual([['no-efs-volume', 'note']]);
  expect(report.exitCode).toBe(0);
});

test('a family that has not opted in is checked all the same, and no key is asked for', async () => {
  const report = await examine(furnished({ keys: false }), { reference: 'shop-api' });
  expect(faultsOf(report).map(({ code, state }) => [code, state])).toEqual([['family-not-enrolled', 'note']]);
});

test('keys that are missing are named, each with the command that turns it', async () => {
  const stage = furnished({ keys: { fileSystem: false, role: false, mountTargetGroup: false } });
  const { fileSystemId, mountTargetGroupId } = stage.estate;
  const report = await examine(stage, { reference: 'shop-api' });
  const missing = faultsOf(report).filter(({ code }) => code === 'key-missing');
  expect(missing.flatMap(({ commands }) => commands)).toEqual([
    `aws efs tag-resource --resource-id ${fileSystemId} --tags Key=mountkeeper:allow,Value=shop-api --region eu-west-1`,
    'aws iam tag-role --role-name shop-api-task --tags Key=mountkeeper:allow,Value=true',
    `aws ec2 create-tags --resources ${mountTargetGroupId} --tags Key=mountkeeper:allow,Value=true --region eu-west-1`,
  ]);
});

test('a repair that an owner holds back says who can let it', async () => {
  const stage = furnished({ keys: { mountTargetGroup: false } });
  breakIt(stage.account, stage.estate, 'sg-ingress');
  const report = await examine(stage, { reference: 'shop-api' });
  const fault = faultsOf(report).find(({ code }) => code === 'security-group-ingress-missing');
  expect(fault?.mountkeeper[0]).toContain('Would make this change, but does not');
  expect(fault?.ownerCommands).toEqual([
    `aws ec2 create-tags --resources ${stage.estate.mountTargetGroupId} --tags Key=mountkeeper:allow,Value=true --region eu-west-1`,
  ]);
});

test('a missing mount target is one whole command a zone, with the groups of the others', async () => {
  const stage = furnished({ zones: 3, mountTargets: 1 });
  const report = await examine(stage, { reference: 'shop-api' });
  const commands = faultsOf(report).flatMap((fault) =>
    fault.code === 'no-mount-target-in-zone' ? fault.commands : [],
  );
  const { zones, fileSystemId, mountTargetGroupId } = stage.estate;
  expect(commands).toEqual(
    zones
      .slice(1)
      .map(
        ({ appSubnetId }) =>
          `aws efs create-mount-target --file-system-id ${fileSystemId} --subnet-id ${appSubnetId} --security-groups ${mountTargetGroupId} --region eu-west-1`,
      ),
  );
});

test('a standalone task tells where its family runs', async () => {
  const stage = furnished({ standalone: true });
  const blind = await examine(stage, { reference: 'shop-api' });
  expect(
    faultsOf(blind)
      .map(({ evidence }) => evidence.join(' '))
      .join(' '),
  ).toContain('neither a service nor a task');
  await runEstate(stage.account, stage.estate);
  const seeing = await examine(stage, { reference: 'shop-api', cluster: stage.estate.clusterName });
  expect({ faults: faultsOf(seeing), runs: seeing.families[0]?.runs }).toEqual({
    faults: [],
    runs: 'as a standalone task',
  });
});

test('the function answers with the report and its exit code, even where the mode is off', async () => {
  const { account, installed } = furnished();
  const world = worldOn(account, DOCTOR_ROLE);
  Object.assign(account.state.ssm.parameters['/mountkeeper/mode'] ?? {}, { value: 'off' });
  const arrived = await walk(
    doctor,
    { family: 'shop-api', format: 'text' },
    { world, settings: installed.settings, runId: 'x' },
  );
  expect(arrived).toMatchObject({
    kind: 'walked',
    report: { exitCode: 0, text: expect.stringContaining('switched off') },
  });
});

test('each format is another form of the same report', async () => {
  const { account, installed } = furnished();
  const facts = await gather(
    { reference: 'shop-api', format: 'json' },
    worldOn(account, DOCTOR_ROLE),
    installed.settings,
  );
  const [json, text, html] = (['json', 'text', 'html'] as const).map((format) => answerOf(facts, { format }));
  expect(json).toMatchObject({ exitCode: 0, json: { version: 1, families: [{ family: 'shop-api' }] } });
  expect(text).toMatchObject({ text: expect.stringContaining('Family shop-api:1') });
  expect(html).toMatchObject({ html: expect.stringMatching(/^<!doctype html>/) });
});
