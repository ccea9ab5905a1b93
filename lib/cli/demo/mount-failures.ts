import { CATALOGUE } from '../../domain/finding.ts';
import type { Outcome } from '../../domain/plan.ts';
import { describeAction } from '../../plan/describe.ts';
import { type BreakName, breakIt, breakOf } from '../../simulator/break-it.ts';
import type { EstateWishes } from '../../simulator/estate/spec.ts';
import type { OtherReason } from '../../simulator/stop-wording.ts';
import { type Heard, hear, isMounted, runOnce, scene } from './scene.ts';
import type { Teller } from './stage-manager.ts';
import { rememberWhole } from './whole.ts';

/** One row of the table at the end: cause, verdict, change, calls, mounted. */
export type Row = readonly [string, string, string, string, string];

interface Story {
  readonly title: string;
  readonly breaks?: BreakName;
  readonly wishes?: EstateWishes;
  readonly failWith?: OtherReason;
  readonly mode?: 'observe';
  /** A person's to mend: the demo has its owner do what the alert says. */
  readonly toldOnly?: true;
}

/** Faults of the network and of grants that Mountkeeper repairs, and faults that are a person's to mend. */
const STORIES: readonly Story[] = [
  { title: 'The mount target has no ingress rule for the task', breaks: 'sg-ingress' },
  { title: "The task's group lets nothing out", breaks: 'sg-egress' },
  {
    title: 'The same on EC2 in bridge mode: the instance mounts',
    breaks: 'sg-ingress',
    wishes: { launch: 'EC2', networkMode: 'bridge' },
  },
  { title: 'The task role has no grant', breaks: 'no-grant' },
  { title: 'The grant names the access point as its resource', breaks: 'grant-on-ap-arn' },
  { title: 'The grant sits on the execution role', breaks: 'grant-on-execution-role' },
  { title: 'A zone has no mount target', breaks: 'no-mount-target', toldOnly: true },
  { title: 'DNS host names are off in the VPC', breaks: 'dns-host-names-off', toldOnly: true },
  { title: 'A network ACL drops the replies', breaks: 'acl-replies', toldOnly: true },
  { title: 'The access point was deleted', breaks: 'ap-missing', toldOnly: true },
  { title: 'The file-system policy denies the task role', breaks: 'policy-deny', toldOnly: true },
  { title: 'The volume has a rootDirectory and an access point', breaks: 'root-dir-with-ap', toldOnly: true },
  { title: 'Transit encryption is off', breaks: 'tls-off', toldOnly: true },
];

/** What it must leave alone, and says so or keeps quiet. */
const LEFT_ALONE: readonly Story[] = [
  { title: 'An S3 Files volume fails with the same wrapper', failWith: 's3files' },
  { title: 'The image cannot be pulled', failWith: 'image' },
  { title: 'The family never opted in', breaks: 'sg-ingress', wishes: { keys: { taskDefinition: false } } },
  { title: "The storage owner's key is missing", breaks: 'sg-ingress', wishes: { keys: { fileSystem: false } } },
  { title: "The security group's key is missing", breaks: 'sg-ingress', wishes: { keys: { mountTargetGroup: false } } },
  { title: 'The stack only observes', breaks: 'no-grant', mode: 'observe' },
];

export async function tellMountFailures(teller: Teller): Promise<readonly Row[]> {
  teller.chapter(
    'A task that cannot mount EFS',
    "Thirteen services fail, each on another cause. Mountkeeper hears the stop, names the cause, repairs what its owners allow, and tells. What is a person's to mend, the demo's owner mends as the alert says.",
  );
  const failed = await tellAll(STORIES, teller);
  teller.chapter(
    'What it must not touch',
    'Failures that are none of its business, and resources whose owners have not opened them.',
  );
  return [...failed, ...(await tellAll(LEFT_ALONE, teller))];
}

async function tellAll(stories: readonly Story[], teller: Teller): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const story of stories) rows.push(await tellOne(story, teller));
  return rows;
}

async function tellOne(story: Story, teller: Teller): Promise<Row> {
  const here = scene(story.wishes, story.mode ? { mode: story.mode } : {});
  const whole = rememberWhole(here);
  if (story.breaks) breakIt(here.account, here.estate, story.breaks);
  teller.scene(story.title);
  if (story.breaks) teller.happens('broken', breakOf(story.breaks).description);
  const reason = await runOnce(here, story.failWith ? { failWith: story.failWith } : {});
  teller.happens('ECS', reason === undefined ? 'the task runs' : teller.palette.red(`stopped: ${short(reason)}`));
  const heard = await hear(here);
  tellHeard(heard, teller);
  if (story.toldOnly) teller.happens('owner', whole.mend());
  const again = await runOnce(here, story.failWith ? { failWith: story.failWith } : {});
  const mounted = isMounted(here);
  teller.happens(
    'next task',
    mounted
      ? teller.palette.green('RUNNING, volume mounted')
      : teller.palette.yellow(`not mounted${again ? `: ${short(again)}` : ''}`),
  );
  return rowOf(story, { heard, mounted });
}

function tellHeard({ outcomes, quiet, subjects, calls }: Heard, teller: Teller): void {
  for (const outcome of outcomes) teller.shows(outcome);
  for (const why of quiet) teller.happens('Mountkeeper', `leaves it alone: ${why}`);
  if (outcomes.length === 0 && quiet.length === 0) teller.happens('Mountkeeper', 'leaves it alone, and tells nobody');
  if (outcomes.length > 0) teller.happens('Mountkeeper', teller.palette.dim(`${calls} calls to AWS`));
  for (const subject of subjects) teller.happens('alert', teller.palette.cyan(subject));
}

function rowOf(story: Story, { heard, mounted }: { readonly heard: Heard; readonly mounted: boolean }): Row {
  const [outcome] = heard.outcomes;
  const finding = outcome?.decision.findings[0];
  const verdict = finding ? CATALOGUE[finding.code].title : (heard.quiet[0] ?? 'not opted in: left alone');
  return [story.title, short(verdict, 58), changeOf(outcome), String(heard.calls), mountedWord(story, mounted)];
}

function mountedWord({ toldOnly }: Story, mounted: boolean): string {
  if (!mounted) return 'no';
  return toldOnly ? 'yes, once mended' : 'yes';
}

function changeOf(outcome: Outcome | undefined): string {
  const done =
    outcome?.steps.filter((step) => step.result === 'done').map((step) => describeAction(step.step.action).part) ?? [];
  if (done.length > 0) return done.join(', ');
  const held = outcome?.withheld[0];
  return held ? `withheld: ${held.heldBy}` : 'none';
}

function short(text: string, length = 110): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  return flat.length <= length ? flat : `${flat.slice(0, length - 1)}…`;
}
