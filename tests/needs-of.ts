import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { PERMISSIONS, type Verb } from '../lib/aws/permissions.ts';
import type { ActionKind } from '../lib/domain/action.ts';
import { ACTION_TRAITS } from '../lib/domain/action-traits.ts';
import { importsOf } from './imports.ts';
import { keeperOf } from './keeper-of.ts';

const ROOT = resolve(__dirname, '..');

/** What the walk over a plan reads for each kind of change: the re-check before, the reconciling after a crash. */
const READ_FOR: Readonly<Record<ActionKind, readonly Verb[]>> = {
  'authorize-ingress': ['efs.fileSystem', 'ec2.group', 'ec2.rules', 'ec2.authorize ingress'],
  'authorize-egress': ['efs.fileSystem', 'ec2.group', 'ec2.rules', 'ec2.authorize egress'],
  'revoke-rule': ['ec2.group', 'ec2.rules', 'ec2.revoke ingress', 'ec2.revoke egress'],
  'put-role-policy': ['efs.fileSystem', 'iam.inlinePolicy', 'iam.putRolePolicy'],
  'delete-role-policy': ['iam.inlinePolicy', 'iam.deleteRolePolicy'],
  'create-access-point': ['efs.fileSystem', 'efs.accessPoint', 'efs.createAccessPoint'],
  'delete-access-point': ['efs.accessPoint', 'efs.deleteAccessPoint'],
  'register-revision': ['ecs.taskDefinition', 'ecs.register'],
  'update-service': ['ecs.updateService'],
  'publish-volume': ['parameters.get', 'parameters.put'],
  'update-throughput': ['efs.fileSystem', 'efs.updateThroughput'],
};

/** What is read of a task alone: its RunTask record, its log, its host, the credits when it failed. */
const OF_A_TASK: readonly Verb[] = [
  'trail.runTask',
  'logs.phrases',
  'metrics.efs',
  'ecs.containerInstance',
  'ec2.instance',
];

/** What the code of a keeper could reach and never asks for: these three look at families, with no task at hand. */
const NEVER_ASKED: Readonly<Record<string, readonly Verb[]>> = {
  provision: OF_A_TASK,
  drift: OF_A_TASK,
  sweep: OF_A_TASK,
};

/** A publication that is taken back leaves no name that was not there before it. */
const TAKEN_BACK: Readonly<Record<string, readonly Verb[]>> = { revert: ['parameters.remove'] };

/** IAM actions that the function of this folder uses beyond what every function does, sorted. */
export async function needsOf(name: string): Promise<readonly string[]> {
  const { actions } = await keeperOf(name);
  const reachable = verbsIn(new Set(keepersIn(name).flatMap((path) => [...reachableFrom(path)])));
  const reads = reachable.filter((verb) => !NEVER_ASKED[name]?.includes(verb));
  const verbs = new Set<Verb>([...reads, ...actions.flatMap((kind) => READ_FOR[kind]), ...(TAKEN_BACK[name] ?? [])]);
  const needs = [...verbs].flatMap((verb) => {
    const { calls, implied = [] }: { readonly calls: readonly string[]; readonly implied?: readonly string[] } =
      PERMISSIONS[verb];
    return [...calls, ...implied];
  });
  const writes = actions.flatMap((kind) => ACTION_TRAITS[kind].permissions);
  return [...new Set([...needs, ...writes])].filter((action) => !isCommon(action, verbs)).toSorted();
}

/** The mode parameter is read by every function under a statement of its own. */
function isCommon(action: string, verbs: ReadonlySet<Verb>): boolean {
  if (action === 'ssm:GetParameter') return !verbs.has('parameters.put');
  return action.startsWith('dynamodb:') || action === 'sns:Publish';
}

/** The keepers that the function's wiring brings together. */
function keepersIn(name: string): readonly string[] {
  const targets = importsOf(readFileSync(join(ROOT, 'functions', name, 'index.ts'), 'utf8'));
  return targets.filter((target) => target.includes('/keepers/')).map((target) => target.replace('../../', ''));
}

/** Every file that the keeper's stages can reach; the walk over the plan is not among them. */
function reachableFrom(entry: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(entry) || !existsSync(join(ROOT, entry))) return seen;
  seen.add(entry);
  const targets = importsOf(readFileSync(join(ROOT, entry), 'utf8')).filter((target) => target.startsWith('.'));
  for (const target of targets) reachableFrom(relative(ROOT, resolve(ROOT, dirname(entry), target)), seen);
  return seen;
}

const USE = /\bworld\s*\.\s*(ecs|efs|ec2|iam|trail|metrics|logs|tagged|parameters|plumbing)\s*\.\s*(\w+)/g;

function verbsIn(files: ReadonlySet<string>): readonly Verb[] {
  const texts = [...files].map((path) => readFileSync(join(ROOT, path), 'utf8'));
  return texts.flatMap((text) => [...text.matchAll(USE)].map(([, room, verb]) => `${room}.${verb}` as Verb));
}
