import type { Plot } from '../../report/doctor/report.ts';
import { html, raw } from '../../report/html/html.ts';
import { plotFigure } from '../../report/html/plot.ts';
import { STYLE } from '../../report/html/style.ts';
import type { Compared, ComparedRow } from './what-if-compare.ts';

const MINUTE_MS = 60_000;
const POINTS_AT_MOST = 600;
const MIB_IN_GIB = 1_024;

const FIGURES =
  '.figures{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums}.figures th,.figures td{padding:8px 6px;border-bottom:1px solid var(--line);text-align:right;vertical-align:bottom}.figures th:first-child{text-align:left}@media(max-width:640px){.figures{font-size:12.5px}.figures th,.figures td{padding:7px 3px}}';

/** The comparison as one page: the table, and what our policy did with demand, permission and credits. */
export function whatIfHtml(compared: Compared): string {
  const { ours, about } = compared;
  const switches = ours.switches.map(
    ({ minute, mode, mibps }) =>
      html`<li>${timeText(compared.series.startMs + minute * MINUTE_MS)}: ${mode}${mibps === undefined ? '' : ` ${mibps} MiB/s`}</li>`,
  );
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>What if - Mountkeeper</title><style>${raw(STYLE)}${raw(FIGURES)}</style></head>
<body><header><h1>What if Mountkeeper watched this file system?</h1><p class="meta">${about}</p></header>
<main><h2>Policies compared</h2><div class="card"><table class="figures"><caption class="sr">Policies</caption><thead><tr>
${['Policy', 'USD a month', 'Throttled minutes', 'Changes', 'Cost'].map(
  (title) => html`<th scope="col">${title}</th>`,
)}</tr></thead>
<tbody>${compared.rows.map(rowHtml)}</tbody></table></div>
<p class="meta">Cost: dollars a month with the throttled minutes at their price.</p>
${compared.notes.map((note) => html`<p class="meta">${note}</p>`)}
<h2>What Mountkeeper would have done</h2><div class="card"><div class="plots">${plotsOf(compared).map(plotFigure)}</div>
${switches.length === 0 ? html`<p>It would have changed nothing.</p>` : html`<ul>${switches}</ul>`}</div></main>
<footer>The optimum is searched with the whole future known: what is to be gained at most. The search is close, not exact.</footer></body></html>
`.html;
}

function rowHtml({ policy, usdPerMonth, throttledMinutes, changes, costUsdPerMonth }: ComparedRow) {
  return html`<tr><th scope="row">${policy}</th><td>${dollars(usdPerMonth)}</td><td>${throttledMinutes}</td><td>${changes}</td><td>${dollars(costUsdPerMonth)}</td></tr>`;
}

/** Cents where they count. */
function dollars(amount: number): string {
  return amount.toFixed(amount < 100 ? 2 : 0);
}

function plotsOf({ series, ours: { trace } }: Compared): readonly Plot[] {
  const step = Math.max(1, Math.ceil(series.sizeGib.length / POINTS_AT_MOST));
  const at = Array.from({ length: Math.ceil(series.sizeGib.length / step) }, (_none, index) => index * step);
  const atMs = at.map((minute) => series.startMs + minute * MINUTE_MS);
  const most = (levels: Float64Array) => at.map((from) => Math.max(...levels.subarray(from, from + step)));
  const least = (levels: Float64Array) => at.map((from) => Math.min(...levels.subarray(from, from + step)));
  return [
    {
      title: 'Throughput',
      unit: 'MiB/s',
      atMs,
      lines: [
        { name: 'permitted', values: least(trace.permittedMibps) },
        { name: 'asked for', values: most(trace.demandMibps) },
      ],
    },
    {
      title: 'Burst credit balance',
      unit: 'GiB',
      atMs,
      lines: [{ name: 'credits', values: least(trace.creditMib).map((mib) => mib / MIB_IN_GIB) }],
    },
  ];
}

function timeText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
