import type { Plot } from '../doctor/report.ts';
import { type Html, html } from './html.ts';

const WIDTH = 460;
const HEIGHT = 150;
const LEFT = 44;
const RIGHT = 8;
const TOP = 10;
const BOTTOM = 22;
const STEPS = [1, 2, 2.5, 5, 10];

/** A plot of at most a few lines over time, and the same in words for who does not see it. */
export function plotFigure(plot: Plot): Html {
  const most = niceAbove(Math.max(0.001, ...plot.lines.flatMap(({ values }) => values)));
  const [first = 0, last = 1] = [plot.atMs[0], plot.atMs.at(-1)];
  const x = (atMs: number) => LEFT + ((atMs - first) / Math.max(1, last - first)) * (WIDTH - LEFT - RIGHT);
  const y = (value: number) => HEIGHT - BOTTOM - (value / most) * (HEIGHT - TOP - BOTTOM);
  const lines = plot.lines.map(({ values }, index) => {
    const points = values.map((value, at) => `${x(plot.atMs[at] ?? first).toFixed(1)},${y(value).toFixed(1)}`);
    return html`<polyline class="l${index}" points="${points.join(' ')}"/>`;
  });
  const grid = [0, most / 2, most].map(
    (value) => html`<path class="grid" d="M${LEFT} ${y(value)} H${WIDTH - RIGHT}"/>
<text x="${LEFT - 6}" y="${y(value) + 4}" text-anchor="end">${numberText(value)}</text>`,
  );
  return html`<figure><figcaption>${plot.title}, ${plot.unit} <span class="key">${keyOf(plot)}</span></figcaption>
<svg class="plot" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${inWords(plot)}">${grid}${lines}
<text x="${LEFT}" y="${HEIGHT - 5}">${timeText(first)}</text>
<text x="${WIDTH - RIGHT}" y="${HEIGHT - 5}" text-anchor="end">${timeText(last)} UTC</text></svg></figure>`;
}

function keyOf({ lines }: Plot): string {
  return lines.length < 2
    ? ''
    : `(${lines.map(({ name }, index) => `${name} ${index === 0 ? '——' : '- - -'}`).join(', ')})`;
}

function inWords({ title, unit, lines, atMs }: Plot): string {
  const said = lines.map(({ name, values }) => {
    const [least, most] = [Math.min(...values), Math.max(...values)];
    return `${name} between ${numberText(least)} and ${numberText(most)}, last ${numberText(values.at(-1) ?? 0)}`;
  });
  return `${title} in ${unit} from ${timeText(atMs[0] ?? 0)} to ${timeText(atMs.at(-1) ?? 0)} UTC: ${said.join('; ')}`;
}

function niceAbove(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return (STEPS.find((step) => step * power >= value) ?? 10) * power;
}

function numberText(value: number): string {
  if (value === 0) return '0';
  if (value >= 1_000) return value.toFixed(0);
  return String(Number(value.toPrecision(3)));
}

function timeText(ms: number): string {
  return new Date(ms).toISOString().slice(5, 16).replace('T', ' ');
}
