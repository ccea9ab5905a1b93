import { type DoctorFamily, type DoctorReport, STATES } from './doctor/report.ts';
import { checkTable } from './html/check-table.ts';
import { familyId, familySection } from './html/family-section.ts';
import { faultCards } from './html/faults.ts';
import { type Html, html, raw } from './html/html.ts';
import { badge } from './html/marks.ts';
import { SCRIPT } from './html/script.ts';
import { STYLE } from './html/style.ts';

/** Nothing is loaded, sent or embedded: the page is all there is. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const VERDICTS: Readonly<Record<DoctorReport['exitCode'], string>> = {
  0: 'All that was asked for is in order.',
  1: 'Something must be fixed.',
  2: 'Nothing must be fixed as far as seen, but not everything could be looked at.',
};

/** The report as one HTML file that needs nothing else. */
export function doctorHtml(given: DoctorReport): string {
  const report = { ...given, families: worstFirst(given.families) };
  const title = `Mounts of ${report.account} in ${report.region}`;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}"><meta name="referrer" content="no-referrer">
<title>${title} - Mountkeeper doctor</title><style>${raw(STYLE)}</style></head>
<body><a class="skip" href="#main">Skip to the report</a>${header(report, title)}
<main id="main"><h2 id="all">All checks</h2>${checkTable(report)}
<section aria-labelledby="itself"><h2 id="itself">Mountkeeper itself</h2>${installation(report)}</section>
${report.families.map(familySection)}</main>
<footer>Made by Mountkeeper ${report.mountkeeper}, doctor. It only looked; nothing was changed.</footer>
<div class="sr" id="said" role="status" aria-live="polite"></div>
<script>${raw(SCRIPT)}</script></body></html>
`.html;
}

function worstFirst(families: readonly DoctorFamily[]): readonly DoctorFamily[] {
  return families.toSorted((one, other) => STATES.indexOf(one.state) - STATES.indexOf(other.state));
}

function header(report: DoctorReport, title: string): Html {
  const made = report.madeAt.slice(0, 16).replace('T', ' ');
  const links = report.families.map(
    (family) => html`<li><a href="#${familyId(family)}">${badge(family.state)} ${family.family}</a></li>`,
  );
  return html`<header><h1>${title}</h1><p class="meta">${made} UTC, mode ${report.mode}</p>
<p class="verdict">${VERDICTS[report.exitCode]}</p>
${links.length === 0 ? undefined : html`<nav aria-label="Families"><ul class="toc">${links}</ul></nav>`}</header>`;
}

function installation({ installation: checks }: DoctorReport): Html {
  if (checks.some(({ faults }) => faults.length > 0)) return faultCards(checks);
  return html`<p class="meta">${badge('fine')} ${checks.map(({ title }) => title).join(', ')}.</p>`;
}
