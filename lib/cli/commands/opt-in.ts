import type { Fact } from '../../domain/fact.ts';
import { seen } from '../../domain/fact.ts';
import { TAG } from '../../domain/tags.ts';
import { FORMS, type OptInForm, optInText, tagCommand } from '../../plan/opt-in/forms.ts';
import { type OptInFacts, type OwnerKey, ownerKeys } from '../../plan/opt-in/keys.ts';
import type { World } from '../../world.ts';
import { EXIT, Stop } from '../exit.ts';
import { mustExist } from '../must-exist.ts';
import type { CliContext } from '../program.ts';
import type { AwsOptions } from './aws-options.ts';

export interface OptInOptions extends AwsOptions {
  readonly print?: string;
  readonly apply?: boolean;
  readonly force?: boolean;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly fileSystem?: string;
}

/** Prints the owners' keys for whatever made the things, or sets them as the caller. */
export async function optIn(family: string, options: OptInOptions, context: CliContext): Promise<number> {
  const form = formOf(options.print);
  const { world, setTag } = await context.connect({ ...options, reference: family });
  const { keys, missing } = await lookFor(family, options, world);
  const { terminal } = context;
  for (const what of missing) terminal.talk(terminal.talkPalette.yellow(what));
  if (!options.apply) {
    const text = options.json ? JSON.stringify(keys, undefined, 2) : optInText(form, keys, world.self.region);
    await terminal.data(`${text}\n`);
    return missing.length > 0 ? EXIT.trouble : EXIT.fine;
  }
  const open = keys.filter(({ isSet }) => !isSet);
  refuseOfStacks(open, options);
  for (const key of open) terminal.talk(`  ${tagCommand(key, world.self.region)}`);
  if (open.length === 0) terminal.talk('Every key is set already.');
  if (open.length === 0 || options.dryRun || !(await isAgreed(open.length, options, context))) return EXIT.fine;
  for (const key of open) {
    await setTag(key);
    if (!options.json) await terminal.data(`set ${key.tag} = ${key.value} on ${key.id}\n`);
  }
  if (options.json) await terminal.data(`${JSON.stringify(open, undefined, 2)}\n`);
  return missing.length > 0 ? EXIT.trouble : EXIT.fine;
}

function formOf(print: string | undefined): OptInForm {
  const form = FORMS.find((one) => one === (print ?? 'cli'));
  if (form === undefined) throw new Stop(`--print is "${print?.slice(0, 40)}"; expected one of ${FORMS.join(', ')}.`);
  return form;
}

/** What a stack made is tagged in the stack: a tag set beside it is drift, and the next update may take it away. */
function refuseOfStacks(open: readonly OwnerKey[], { force }: OptInOptions): void {
  const made = open.filter(({ isOfStack }) => isOfStack);
  if (made.length === 0 || force) return;
  const names = made.map(({ id }) => `  ${id}`).join('\n');
  throw new Stop(
    `CloudFormation made these, so their tags belong into its template (--print cloudformation or cdk):\n${names}\nNothing was changed. With --force the tags are set all the same, until the next update of the stack.`,
  );
}

async function isAgreed(count: number, { yes }: OptInOptions, { terminal }: CliContext): Promise<boolean> {
  if (yes) return true;
  if (!terminal.canAsk) throw new Stop('It asks before it changes anything, and there is nobody to ask. Give --yes.');
  return await terminal.ask(`Set ${count} tag${count === 1 ? '' : 's'} with your own credentials?`);
}

interface Found {
  readonly keys: readonly OwnerKey[];
  /** What could not be looked at, so that its key is not among these. */
  readonly missing: readonly string[];
}

async function lookFor(family: string, { fileSystem }: OptInOptions, world: World): Promise<Found> {
  const definition = await world.ecs.taskDefinition(family);
  await mustExist(family, world);
  if (definition.state !== 'present') throw new Stop(`${family} could not be read: ${whyOf(definition)}.`);
  const taskDefinition = definition.value;
  const named = fileSystem === undefined ? [] : [fileSystem];
  const tagged = taskDefinition.tags[TAG.fileSystem];
  const ofVolumes = taskDefinition.volumes.flatMap(({ efs }) => (efs ? [efs.fileSystemId] : []));
  const ids = [...new Set([...ofVolumes, ...(tagged === undefined ? [] : [tagged]), ...named])];
  if (ids.length === 0)
    throw new Stop(`${family} has no EFS volume. Give the file system that it shall have: --file-system fs-...`);
  const [fileSystems, targets, role] = await Promise.all([
    Promise.all(ids.map((id) => world.efs.fileSystem(id))),
    Promise.all(ids.map((id) => world.efs.mountTargets(id))),
    taskDefinition.taskRoleArn === undefined ? undefined : world.iam.role(taskDefinition.taskRoleArn),
  ]);
  const groupIds = targets.flatMap((fact) => (seen(fact) ?? []).flatMap(({ groupIds: some }) => seen(some) ?? []));
  const groups = await Promise.all([...new Set(groupIds)].map((id) => world.ec2.group(id)));
  const facts: OptInFacts = {
    taskDefinition,
    fileSystems: fileSystems.flatMap((fact) => seen(fact) ?? []),
    groups: groups.flatMap((fact) => seen(fact) ?? []),
    ...(role?.state === 'present' ? { role: role.value } : {}),
  };
  return { keys: ownerKeys(facts), missing: missingIn({ fileSystems, targets, groups, role }) };
}

interface Read {
  readonly fileSystems: readonly Fact<unknown>[];
  readonly targets: readonly Fact<unknown>[];
  readonly groups: readonly Fact<unknown>[];
  readonly role: Fact<unknown> | undefined;
}

function missingIn({ fileSystems, targets, groups, role }: Read): readonly string[] {
  const rows: readonly (readonly [string, Fact<unknown>])[] = [
    ...fileSystems.map((fact) => ['a file system', fact] as const),
    ...targets.map((fact) => ['mount targets', fact] as const),
    ...groups.map((fact) => ['a security group', fact] as const),
    ...(role === undefined ? [] : [['the task role', role] as const]),
  ];
  const unread = rows.flatMap(([what, fact]) => {
    if (fact.state === 'present') return [];
    return [`Not among the keys: ${what}, ${fact.state === 'unknown' ? fact.why : 'which does not exist'}.`];
  });
  return role === undefined
    ? [...unread, 'The task definition has no task role: IAM authorization needs one.']
    : unread;
}

function whyOf(fact: Fact<unknown>): string {
  return fact.state === 'unknown' ? fact.why : 'it is gone';
}
