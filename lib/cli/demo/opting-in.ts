import type { Estate, EstateWishes } from '../../simulator/estate/spec.ts';
import { buildEstate } from '../../simulator/estate.ts';
import { people, revisionsOf } from '../../simulator/people.ts';
import { hear, isMounted, runOnce, type Scene, scene } from './scene.ts';
import type { Teller } from './stage-manager.ts';
import { tellHeard } from './tell-heard.ts';

/** A family that mounts nothing of its own yet: no access point, no grant; all owners' keys are there. */
const PLAIN: EstateWishes = { accessPoint: false, iam: false, tls: false, standalone: true, user: '1000', keys: true };
/** What the app team writes where an earlier revision mounted the file system and a new directory is wanted. */
const EMPTY = { 'mountkeeper:start': 'empty' };

export async function tellOptingIn(teller: Teller): Promise<void> {
  teller.chapter(
    'A tag becomes a working mount',
    'App teams tag a task definition; the owners of file system, role and group have set their keys.',
  );
  await tellFirst(teller);
  await tellTerraform(teller);
  await tellTwoTeams(teller);
  await tellData(teller);
  teller.chapter('What a tag cannot reach', 'Each is refused, nothing is made, and the team is told why.');
  await tellRefused(teller, {
    title: 'A file system whose owner has not opened it',
    wishes: { keys: { fileSystem: false } },
  });
  await tellRefused(teller, {
    title: 'uid 0, which the storage owner does not allow',
    tags: { 'mountkeeper:uid': '0' },
  });
  await tellRefused(teller, {
    title: 'A share that is not shared with this family',
    tags: { 'mountkeeper:share': 'reports' },
    start: {},
  });
  await tellRefused(teller, {
    title: "Another team's directory, by a path in the tag",
    tags: { 'mountkeeper:path': '/ecs/billing/data' },
  });
}

async function tellFirst(teller: Teller): Promise<void> {
  teller.scene('An app team opts in');
  const here = bare();
  await people(here.account).registerAgain(here.estate.family, 'aws-cli/2.x', EMPTY);
  teller.happens('app team', 'registers shop-api with mountkeeper:enabled = true');
  tellHeard(await hear(here), teller);
  await runOnce(here);
  tellMount(here, teller);
}

async function tellTerraform(teller: Teller): Promise<void> {
  teller.scene('Terraform owns the task definition: the ids are published, nothing is registered over it');
  const here = bare();
  await people(here.account).registerAgain(
    here.estate.family,
    'HashiCorp Terraform/1.9 terraform-provider-aws/6.0',
    EMPTY,
  );
  teller.happens('Terraform', 'registers shop-api with mountkeeper:enabled = true');
  tellHeard(await hear(here), teller);
  const published = Object.values(here.account.state.ssm.parameters).filter(({ name }) => name.includes('/volumes/'));
  for (const { name, value } of published) teller.happens('published', `${name} = ${value}`);
}

async function tellTwoTeams(teller: Teller): Promise<void> {
  teller.scene('Two teams at once, neither names a user: each gets ids of its own');
  const { user: _user, ...nameless } = PLAIN;
  const here = bare(nameless);
  const other = buildEstate(here.account, { ...nameless, name: 'billing', beside: here.estate });
  withoutGrants(here, other);
  for (const family of [here.estate.family, other.family])
    await people(here.account).registerAgain(family, 'aws-cli/2.x', EMPTY);
  const heard = await hear(here);
  for (const subject of heard.subjects) teller.happens('alert', teller.palette.cyan(subject));
  for (const { path, posixUser } of Object.values(here.account.state.efs.accessPoints))
    teller.happens('access point', `${path}  uid ${posixUser?.uid} gid ${posixUser?.gid}`);
}

async function tellData(teller: Teller): Promise<void> {
  teller.scene('A service with data on / opts in: nothing is re-rooted, and it still sees its data');
  const here = scene({ accessPoint: false, user: '1000', files: ['orders.db'] });
  await runOnce(here);
  await hear(here);
  await people(here.account).tagRevision(here.estate.taskDefinitionArn, { 'mountkeeper:enabled': 'true' });
  teller.happens('app team', 'tags the running revision');
  tellHeard(await hear(here), teller);
  await runOnce(here);
  tellMount(here, teller);
}

interface Refused {
  readonly title: string;
  readonly wishes?: EstateWishes;
  readonly tags?: Readonly<Record<string, string>>;
  /** What the team says of a directory of its own; nothing where it joins a share. */
  readonly start?: Readonly<Record<string, string>>;
}

async function tellRefused(teller: Teller, { title, wishes, tags, start = EMPTY }: Refused): Promise<void> {
  teller.scene(title);
  const here = bare({ ...PLAIN, ...wishes });
  await people(here.account).registerAgain(here.estate.family, 'aws-cli/2.x', { ...start, ...tags });
  tellHeard(await hear(here), teller);
}

function bare(wishes: EstateWishes = PLAIN): Scene {
  const here = scene(wishes);
  withoutGrants(here, here.estate);
  return here;
}

function withoutGrants({ account }: Scene, { taskRoleName }: Estate): void {
  const role = account.state.iam.roles[taskRoleName];
  if (role) role.inlinePolicies = {};
}

function tellMount(here: Scene, teller: Teller): void {
  const task = Object.values(here.account.state.ecs.tasks).findLast(({ lastStatus }) => lastStatus === 'RUNNING');
  const mount = task?.mounted[0];
  if (!isMounted(here) || !mount) {
    teller.happens('next task', teller.palette.red('not mounted'));
    return;
  }
  const files = mount.files.length > 0 ? `, sees ${mount.files.join(', ')}` : '';
  const revision = revisionsOf(here.account, here.estate.family).length;
  teller.happens(
    'next task',
    teller.palette.green(
      `RUNNING: ${mount.path} as uid ${mount.uid}, ${mount.canWrite ? 'may write' : 'read-only'}${files}; newest revision ${revision}`,
    ),
  );
}
