import {
  type CheckState,
  type DoctorCheck,
  type DoctorReport,
  STATE_WORDS,
  STATES,
  STOP_TITLES,
} from '../doctor/report.ts';
import { type Html, html } from './html.ts';
import { badge } from './marks.ts';

interface Row {
  readonly check: DoctorCheck;
  readonly family: string;
  readonly where: string;
}

/** Every check in one table: filtered by state and words, sorted by any column. */
export function checkTable(report: DoctorReport): Html {
  const rows = rowsOf(report);
  const present = STATES.filter((state) => rows.some(({ check }) => check.state === state));
  const pressed = present.length === 1 ? present : present.filter((state) => state !== 'fine');
  return html`<div class="card">
<div class="tools" id="tools" hidden>
<label class="sr" for="filter">Filter by words</label><input id="filter" type="search" placeholder="Filter: family, id, word ..." autocomplete="off">
${present.map((state) => chip(state, { count: report.counts[state], pressed: pressed.includes(state) }))}</div>
<table class="checks" role="table"><caption class="sr">All checks</caption>
<thead role="rowgroup"><tr role="row">${['State', 'Family', 'Where', 'Check'].map(
    (title) => html`<th scope="col" role="columnheader"><button type="button">${title}</button></th>`,
  )}</tr></thead>
<tbody role="rowgroup">${rows.map(rowHtml)}</tbody></table>
<p class="none" id="none" hidden>No check fits the filter.</p></div>`;
}

function chip(state: CheckState, { count, pressed }: { readonly count: number; readonly pressed: boolean }): Html {
  return html`<button class="chip" type="button" data-state="${state}" aria-pressed="${String(pressed)}">${STATE_WORDS[state]} (${count})</button>`;
}

function rowHtml({ check, family, where }: Row): Html {
  const told = check.faults.map(({ title }) => title).join('. ');
  return html`<tr role="row" data-state="${check.state}"><td role="cell" data-sort="${STATES.indexOf(check.state)}">${badge(check.state)}</td>
<td role="cell">${family}</td><td role="cell" class="where">${where}</td><td role="cell">${check.title}${told === '' ? '' : `: ${told}`}</td></tr>`;
}

function rowsOf({ installation, families }: DoctorReport): readonly Row[] {
  const all = [
    ...installation.map((check) => ({ check, family: 'Mountkeeper', where: 'installation' })),
    ...families.flatMap(({ family, checks, volumes }) => [
      ...checks.map((check) => ({ check, family, where: 'family' })),
      ...volumes.flatMap(({ name, stops }) =>
        stops.flatMap((stop) =>
          stop.checks.map((check) => ({ check, family, where: `${name}, ${withinText(STOP_TITLES[stop.name])}` })),
        ),
      ),
    ]),
  ];
  return all.toSorted((one, other) => STATES.indexOf(one.check.state) - STATES.indexOf(other.check.state));
}

/** A title in the middle of a line; what is short for something stays as it is. */
function withinText(title: string): string {
  return /^[A-Z]{2}/.test(title) ? title : `${title.charAt(0).toLowerCase()}${title.slice(1)}`;
}
