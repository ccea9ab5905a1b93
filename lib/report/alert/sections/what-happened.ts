import type { Incident } from '../../../domain/incident.ts';
import type { Subject } from '../../../domain/plan.ts';
import { oneLine } from '../safe-text.ts';
import { times, utc } from '../time.ts';
import { whoIs } from '../who.ts';

/** To whom, since when, how often. */
export function whatHappened(subject: Subject, incident: Incident): readonly string[] {
  const who = whoIs(subject.thing);
  const rows: readonly (readonly [string, string])[] = [
    [who.noun, `${who.name}${who.cluster === undefined ? '' : `, cluster ${who.cluster}`}`],
    ...(subject.family === undefined || who.noun === 'Tasks of family'
      ? []
      : [['Family', oneLine(subject.family)] as const]),
    ...(subject.fileSystemId === undefined || who.noun === 'File system'
      ? []
      : [['File system', oneLine(subject.fileSystemId)] as const]),
    ...(incident.zoneName === undefined ? [] : [['Zone', oneLine(incident.zoneName)] as const]),
    ...seen(incident),
  ];
  return aligned(rows.filter(([, value]) => value !== ''));
}

function seen({ count, firstAtMs, lastAtMs }: Incident): readonly (readonly [string, string])[] {
  if (count <= 1) return [['Seen', `${utc(firstAtMs)}, for the first time`]];
  return [
    ['Since', utc(firstAtMs)],
    ['Last seen', `${utc(lastAtMs)}, ${times(count)} so far`],
  ];
}

export function aligned(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(0, ...rows.map(([label]) => label.length));
  return rows.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`);
}
