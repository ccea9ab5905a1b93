import { type DoctorFamily, type DoctorVolume, STOP_TITLES } from '../doctor/report.ts';
import { faultCards } from './faults.ts';
import { type Html, html } from './html.ts';
import { badge } from './marks.ts';
import { plotFigure } from './plot.ts';
import { routePicture } from './route-picture.ts';

export function familyId({ family }: Pick<DoctorFamily, 'family'>): string {
  return `family-${family}`;
}

export function familySection(family: DoctorFamily): Html {
  const id = familyId(family);
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${badge(family.state)} ${family.revision}</h2>
<p class="meta">Runs ${family.runs.replace(/^no /, 'nowhere: no ')}.</p>${familyFaults(family)}
${family.volumes.map(volumeCard)}</section>`;
}

function familyFaults({ checks }: DoctorFamily): Html | undefined {
  return checks.some(({ faults }) => faults.length > 0) ? faultCards(checks) : undefined;
}

function volumeCard(volume: DoctorVolume): Html {
  const where = volume.mountedBy.length === 0 ? 'mounted by no container' : `mounted at ${volume.mountedBy.join(', ')}`;
  const stops = volume.stops.filter(({ checks }) => checks.length > 0);
  return html`<div class="card" style="margin-top:16px"><h3>Volume ${volume.name}</h3>
<p class="meta">${volume.fileSystemId}, ${where}</p>${routePicture(volume)}
<dl class="stops">${stops.map(
    ({ name, state, what }) =>
      html`<div><dt>${STOP_TITLES[name]}</dt><dd>${badge(state)}</dd><dd class="what">${what}</dd></div>`,
  )}</dl>
${stops.map(({ checks }) => faultCards(checks))}
${volume.plots.length === 0 ? undefined : html`<div class="plots">${volume.plots.map(plotFigure)}</div>`}</div>`;
}
