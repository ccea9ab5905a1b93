import { breakIt } from '../../simulator/break-it.ts';
import { people } from '../../simulator/people.ts';
import { hear, isMounted, runOnce, type Scene, scene } from './scene.ts';
import type { Teller } from './stage-manager.ts';
import { tellHeard } from './tell-heard.ts';

const HOUR_MS = 3_600_000;

export async function tellDrifting(teller: Teller): Promise<void> {
  teller.chapter(
    'What was working keeps working',
    'Somebody changes something; the next task has not even started. And every change can be taken back.',
  );
  await tellAccessPoint(teller);
  await tellPolicy(teller);
  await tellBreaker(teller);
  await tellProof(teller);
  await tellRevert(teller);
}

async function known(here: Scene): Promise<Scene> {
  await here.installed.invoke('drift', { family: here.estate.family });
  await hear(here);
  return here;
}

async function tellAccessPoint(teller: Teller): Promise<void> {
  teller.scene('The access point that Mountkeeper made is deleted: made again, granted, wired, rolled out');
  const here = scene({
    accessPoint: false,
    iam: false,
    tls: false,
    user: '1000',
    definitionTags: { 'mountkeeper:start': 'empty' },
  });
  const role = here.account.state.iam.roles[here.estate.taskRoleName];
  if (role) role.inlinePolicies = {};
  await here.installed.invoke('provision', { taskDefinition: here.estate.family });
  await hear(here);
  await known(here);
  await here.account.clock.advance(HOUR_MS);
  const [point] = Object.values(here.account.state.efs.accessPoints);
  await people(here.account).deleteAccessPoint(point?.id ?? '');
  teller.happens('storage', `deletes ${point?.id} (${point?.path})`);
  tellHeard(await hear(here), teller);
  await here.account.clock.advance(600_000);
  await runOnce(here);
  teller.happens(
    'next task',
    isMounted(here) ? teller.palette.green('RUNNING, volume mounted') : teller.palette.red('not mounted'),
  );
}

async function tellPolicy(teller: Teller): Promise<void> {
  teller.scene('A file-system policy with a Deny: told, with the families that break and who did it');
  const here = await known(scene());
  const policy = {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Blocked',
        Effect: 'Deny',
        Principal: { AWS: here.estate.taskRoleArn },
        Action: 'elasticfilesystem:ClientMount',
        Resource: here.estate.fileSystemArn,
      },
    ],
  };
  await people(here.account).putPolicy(here.estate.fileSystemId, JSON.stringify(policy));
  teller.happens('storage', 'puts a policy that denies the task role');
  tellHeard(await hear(here), teller);
}

async function tellBreaker(teller: Teller): Promise<void> {
  teller.scene('The same rule is revoked three times in a day: repaired twice, then left alone and told');
  const here = await known(scene());
  for (let time = 1; time <= 3; time += 1) {
    await people(here.account).revokeIngress(here.estate.mountTargetGroupId);
    teller.happens('network', `revokes the rule, time ${time}`);
    tellHeard(await hear(here), teller);
    await here.account.clock.advance(2 * HOUR_MS);
  }
}

async function tellProof(teller: Teller): Promise<void> {
  teller.scene("EFS's own record of a mount ends the incident");
  const here = await known(scene({ trail: true }));
  breakIt(here.account, here.estate, 'sg-ingress');
  await runOnce(here);
  tellHeard(await hear(here), teller);
  await runOnce(here);
  tellHeard(await hear(here), teller);
}

async function tellRevert(teller: Teller): Promise<void> {
  teller.scene('Everything of a day is taken back: the account is as it was');
  const here = await known(scene());
  breakIt(here.account, here.estate, 'sg-ingress');
  breakIt(here.account, here.estate, 'no-grant');
  const before = heldThings(here);
  await runOnce(here);
  await hear(here);
  await runOnce(here);
  await hear(here);
  const arrived = await here.installed.invoke('revert', { family: here.estate.family });
  if (arrived.kind === 'walked') for (const { outcome } of arrived.settled) teller.shows(outcome);
  const same = before === heldThings(here);
  teller.happens(
    'account',
    same
      ? teller.palette.green('groups, rules, roles and policies are byte for byte as before')
      : teller.palette.red('differs'),
  );
}

/** What Mountkeeper changed, as text: security groups with their rules, roles with their policies. */
function heldThings({ account }: Scene): string {
  const policies = Object.values(account.state.iam.roles).map(({ name, inlinePolicies }) => [
    name,
    Object.values(inlinePolicies).map(({ document }) => document),
  ]);
  return JSON.stringify([account.state.ec2.securityGroups, policies]);
}
