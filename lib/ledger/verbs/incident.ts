import type { Severity } from '../../domain/finding.ts';
import type { Incident, Telling } from '../../domain/incident.ts';
import type { Data, Verb } from '../changing.ts';
import type { Occurrence } from '../ledger.ts';

const KEPT_MS = 90 * 24 * 3_600_000;
const RANK: Readonly<Record<Severity, number>> = { info: 0, 'should-fix': 1, 'must-fix': 2 };

/**
 * What this occurrence does to its incident. Within the window of the last telling it is only counted, except where it
 * brings a cause or a family not told yet or a higher severity.
 */
export function tellingOf(occurrence: Occurrence, previous: Incident | undefined): Telling {
  const telling = toldOrNot(occurrence, previous);
  const { run } = occurrence;
  return telling.tell && run !== undefined ? { ...telling, incident: { ...telling.incident, toldBy: run } } : telling;
}

function toldOrNot(occurrence: Occurrence, previous: Incident | undefined): Telling {
  if (previous === undefined) return { tell: true, status: 'firing', incident: begun(occurrence) };
  if (previous.status === 'resolved') return afterTheEnd(occurrence, previous);
  const counted = count(occurrence, previous);
  if (occurrence.atMs - previous.toldAtMs >= occurrence.windowMs) {
    const { codes, severity, families } = occurrence;
    const now = { codes, severity, ...(families && { families }) };
    return { tell: true, status: 'updated', incident: { ...counted, ...now, toldAtMs: occurrence.atMs } };
  }
  const incident = { ...counted, ...together(previous, occurrence) };
  // A run that is tried again failed: whether its alert ever left is not known.
  if (occurrence.run !== undefined && occurrence.run === previous.toldBy)
    return {
      tell: true,
      status: previous.count === 1 ? 'firing' : 'updated',
      incident: { ...incident, count: previous.count },
    };
  if (!isNews(occurrence, previous)) return { tell: false, incident };
  return { tell: true, status: 'updated', incident: { ...incident, toldAtMs: occurrence.atMs } };
}

export function occurring(occurrence: Occurrence): Verb<Telling> {
  return (found) => {
    const telling = tellingOf(occurrence, found as Incident | undefined);
    return { answer: telling, ...written(telling.incident) };
  };
}

export function delivering(run: string): Verb<void> {
  return (found) => {
    const { toldBy, ...incident } = incidentOf(found) ?? {};
    return toldBy === run ? { answer: undefined, ...written(incident as Incident) } : { answer: undefined };
  };
}

export function counting({ times, atMs }: { readonly times: number; readonly atMs: number }): Verb<void> {
  return (found) => {
    const incident = incidentOf(found);
    if (incident === undefined) return { answer: undefined };
    const lastAtMs = Math.max(incident.lastAtMs, atMs);
    return { answer: undefined, ...written({ ...incident, lastAtMs, count: incident.count + times }) };
  };
}

/** Answers only the caller whose write ended the incident, so that the end is told once. */
export function resolving(atMs: number): Verb<Incident | undefined> {
  return (found) => {
    const incident = incidentOf(found);
    if (incident === undefined || incident.status === 'resolved') return { answer: undefined };
    const resolved: Incident = { ...incident, status: 'resolved', resolvedAtMs: atMs };
    return { answer: resolved, ...written(resolved) };
  };
}

export function incidentOf(found: Data | undefined): Incident | undefined {
  return found as Incident | undefined;
}

function written(incident: Incident): { readonly write: Data; readonly uselessAtMs?: number } {
  const write: Data = { ...incident };
  return incident.resolvedAtMs === undefined ? { write } : { write, uselessAtMs: incident.resolvedAtMs + KEPT_MS };
}

function begun(occurrence: Occurrence): Incident {
  const { repaired, windowMs: _, run: _run, atMs, ...rest } = occurrence;
  const repair = repaired ? { lastRepairAtMs: atMs } : {};
  return { ...rest, ...repair, firstAtMs: atMs, lastAtMs: atMs, toldAtMs: atMs, count: 1, status: 'firing' };
}

/** Trouble that is back is an incident of its own; an event that came late, from before the end, is not. */
function afterTheEnd(occurrence: Occurrence, previous: Incident): Telling {
  const late = occurrence.atMs <= (previous.resolvedAtMs ?? 0);
  if (late) return { tell: false, incident: count(occurrence, previous) };
  return { tell: true, status: 'firing', incident: begun(occurrence) };
}

function count(occurrence: Occurrence, previous: Incident): Incident {
  const repair = occurrence.repaired ? { lastRepairAtMs: occurrence.atMs } : {};
  const lastAtMs = Math.max(previous.lastAtMs, occurrence.atMs);
  return { ...previous, ...repair, lastAtMs, count: previous.count + 1 };
}

function isNews(occurrence: Occurrence, previous: Incident): boolean {
  const worse = RANK[occurrence.severity] > RANK[previous.severity];
  const known = new Set<string>([...previous.codes, ...(previous.families ?? [])]);
  return worse || [...occurrence.codes, ...(occurrence.families ?? [])].some((one) => !known.has(one));
}

function together(
  previous: Incident,
  occurrence: Occurrence,
): Pick<Incident, 'codes' | 'severity'> & { readonly families?: readonly string[] } {
  const families = [...new Set([...(previous.families ?? []), ...(occurrence.families ?? [])])];
  return {
    codes: [...new Set([...previous.codes, ...occurrence.codes])],
    severity: worst(previous, occurrence),
    ...(families.length > 0 && { families }),
  };
}

function worst(previous: Incident, occurrence: Occurrence): Severity {
  return RANK[occurrence.severity] > RANK[previous.severity] ? occurrence.severity : previous.severity;
}
