import type { EfsVolume } from '../../domain/ecs.ts';
import { seen } from '../../domain/fact.ts';
import { parseTaskDefinitionName } from '../../domain/ids.ts';
import type { Incident } from '../../domain/incident.ts';
import type { JournalEntry } from '../../domain/journal.ts';
import { TAG } from '../../domain/tags.ts';
import type { Enrolment } from '../../facts/enrolment.ts';
import { enrolments } from '../../facts/enrolment.ts';
import { lineOf } from '../../plan/describe/description.ts';
import { describeAction } from '../../plan/describe.ts';
import { visible } from '../../report/alert/safe-text.ts';
import type { Palette } from '../../report/palette.ts';
import { table } from '../../report/table.ts';
import type { World } from '../../world.ts';
import { EXIT, Stop } from '../exit.ts';
import { mustExist } from '../must-exist.ts';
import type { CliContext } from '../program.ts';
import { notInstalledIn } from './answers.ts';
import type { AwsOptions } from './aws-options.ts';

export interface StatusOptions extends AwsOptions {
  readonly days?: string;
}

interface FamilyStatus {
  readonly family: string;
  /** Known by a tag that is there now, by an earlier revision, or taken back. */
  readonly optedIn: 'tag' | 'earlier revision' | 'opted out';
  readonly volumes: readonly string[];
}

interface Status {
  readonly families: readonly FamilyStatus[];
  readonly incidents: readonly Incident[];
  readonly changes: readonly JournalEntry[];
  readonly held: readonly { readonly key: string; readonly why: string; readonly atMs: number }[];
}

const DAY_MS = 86_400_000;
const CHANGES_AT_MOST = 20;

/** What the ledger knows: who has opted in, what is in trouble, what was changed, what is held. */
export async function status(family: string | undefined, options: StatusOptions, context: CliContext): Promise<number> {
  const days = Number(options.days ?? 7);
  if (!(days > 0)) throw new Stop(`--days is "${options.days}"; expected a number above 0.`);
  const { world, installed } = await context.connect(options);
  if (installed === false) throw new Stop(notInstalledIn(world.self.region));
  const found = await statusOf(family, days * DAY_MS, world);
  if (family !== undefined && isEmpty(found)) await mustExist(family, world);
  const { terminal } = context;
  const text = options.json
    ? JSON.stringify(found, undefined, 2)
    : textOf(found, { palette: terminal.palette, days, nowMs: world.nowMs() });
  await terminal.data(`${text}\n`);
  return found.incidents.length > 0 ? EXIT.trouble : EXIT.fine;
}

function isEmpty({ families, incidents, changes, held }: Status): boolean {
  return [families, incidents, changes, held].every(({ length }) => length === 0);
}

async function statusOf(family: string | undefined, sinceMs: number, world: World): Promise<Status> {
  const { ledger } = world;
  const [families, incidents, changes, held] = await Promise.all([
    familiesOf(family, world),
    ledger.openIncidents(),
    ledger.changes({ sinceMs: world.nowMs() - sinceMs, ...(family === undefined ? {} : { family }) }),
    ledger.allHeld(),
  ]);
  return {
    families,
    incidents: incidents.filter((one) => family === undefined || one.family === family),
    changes: changes.slice(0, CHANGES_AT_MOST),
    held: held.filter(({ key }) => family === undefined || key.split(' ')[1] === family),
  };
}

async function familiesOf(only: string | undefined, world: World): Promise<readonly FamilyStatus[]> {
  const [tagged, enrolled] = await Promise.all([world.tagged.taskDefinitions(), enrolments(world)]);
  const byTag = (seen(tagged) ?? []).flatMap(({ arn }) => parseTaskDefinitionName(arn)?.family ?? []);
  const names = [...new Set([...byTag, ...enrolled.map(({ family }) => family)])].toSorted();
  const wanted = names.filter((name) => only === undefined || name === only);
  return await Promise.all(wanted.map((family) => familyStatus(family, { world, enrolled })));
}

async function familyStatus(
  family: string,
  { world, enrolled }: { readonly world: World; readonly enrolled: readonly Enrolment[] },
): Promise<FamilyStatus> {
  const definition = seen(await world.ecs.taskDefinition(family));
  const tag = definition?.tags[TAG.enabled];
  const known = enrolled.find((one) => one.family === family)?.enrolled === true;
  const volumes = definition?.volumes.flatMap(({ name, efs }) => (efs ? [volumeText(name, efs)] : []));
  return {
    family,
    optedIn: tag === 'true' ? 'tag' : tag === undefined && known ? 'earlier revision' : 'opted out',
    volumes: volumes ?? [],
  };
}

function volumeText(name: string, { fileSystemId, accessPointId }: EfsVolume): string {
  return `${name}: ${fileSystemId}${accessPointId === undefined ? '' : ` through ${accessPointId}`}`;
}

interface Look {
  readonly palette: Palette;
  readonly days: number;
  readonly nowMs: number;
}

function textOf({ families, incidents, changes, held }: Status, look: Look): string {
  return [
    part('Families that have opted in', families.map(familyRow), {
      look,
      head: ['family', 'opted in by', 'volumes'],
    }),
    part(
      'Open incidents',
      incidents.map((one) => incidentRow(one, look)),
      { look, head: ['incident', 'what', 'seen', 'last', 'findings'] },
    ),
    part(`Changes of the last ${look.days} days`, changes.map(changeRow), {
      look,
      head: ['change', 'when', 'by', 'what', 'state'],
    }),
    ...(held.length === 0
      ? []
      : [
          part(
            'Held after a revert',
            held.map(({ key, atMs, why }) => [key, timeText(atMs), why]),
            { look, head: ['key', 'since', 'why'] },
          ),
        ]),
  ].join('\n\n');
}

interface PartOptions {
  readonly look: Look;
  readonly head: readonly string[];
}

function part(title: string, rows: readonly (readonly string[])[], { look: { palette }, head }: PartOptions): string {
  const heading = palette.bold(`${title} (${rows.length})`);
  if (rows.length === 0) return heading;
  return `${heading}\n${table(
    rows.map((row) => row.map(visible)),
    { head, palette },
  )}`;
}

function familyRow({ family, optedIn, volumes }: FamilyStatus): readonly string[] {
  return [family, optedIn, volumes.join(', ')];
}

function incidentRow({ id, thing, count, lastAtMs, codes }: Incident, { nowMs }: Look): readonly string[] {
  return [
    id,
    thing.split('/').at(-1) ?? thing,
    count === 1 ? 'once' : `${count} times`,
    `${agoText(nowMs - lastAtMs)} ago`,
    codes.join(' '),
  ];
}

function changeRow({ changeId, atMs, keeper, action, made, state }: JournalEntry): readonly string[] {
  const what = lineOf(describeAction(action, made === undefined ? {} : { made }));
  return [changeId, timeText(atMs), keeper, what.length > 90 ? `${what.slice(0, 87)}...` : what, state];
}

function timeText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
}

const MINUTE_MS = 60_000;

function agoText(ms: number): string {
  if (ms >= 2 * DAY_MS) return `${Math.round(ms / DAY_MS)} days`;
  if (ms >= 120 * MINUTE_MS) return `${Math.round(ms / (60 * MINUTE_MS))} hours`;
  return `${Math.round(ms / MINUTE_MS)} minutes`;
}
