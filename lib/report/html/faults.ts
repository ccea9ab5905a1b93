import type { DoctorCheck, Fault } from '../doctor/report.ts';
import { type Html, html } from './html.ts';
import { badge } from './marks.ts';

/** What is wrong, with its proof, what to do and the commands to copy. */
export function faultCards(checks: readonly DoctorCheck[]): Html {
  return html`${checks.flatMap(({ faults }) => faults.map(faultCard))}`;
}

function faultCard(fault: Fault): Html {
  const { state, title, code, subject, evidence, remedy, commands, mountkeeper, ownerCommands } = fault;
  const lines = evidence.length > 0 && code !== 'not-checked' ? [`on: ${subject}`, ...evidence] : evidence;
  return html`<article class="fault t-${state}">
<div class="head">${badge(state)}<h4>${title}</h4><code class="code">${code}</code></div>
${lines.length === 0 ? undefined : html`<ul class="evidence">${lines.map((line) => html`<li>${line}</li>`)}</ul>`}
<p>${remedy}</p>${commands.map(command)}
${mountkeeper.map((line) => html`<p class="keeper"><b>Mountkeeper:</b> ${line}</p>`)}
${ownerCommands.length === 0 ? undefined : html`<p class="keeper"><b>The owner runs:</b></p>`}${ownerCommands.map(command)}
</article>`;
}

function command(text: string): Html {
  return html`<div class="command"><pre><code>${text}</code></pre><button class="copy" type="button" hidden>Copy</button></div>`;
}
