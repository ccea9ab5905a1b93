import { type DoctorVolume, STATE_WORDS, STOP_TITLES, type Stop } from '../doctor/report.ts';
import { type Html, html } from './html.ts';
import { markPath } from './marks.ts';

/** The way of a mount as a picture: across on a wide page, down on a narrow one. The same is said in words beside it. */
export function routePicture(volume: DoctorVolume): Html {
  const stops = volume.stops.filter(({ name, checks }) => name !== 'keys' && checks.length > 0);
  const words = inWords(stops);
  return html`<div class="route">${across(stops, words)}${down(stops, words)}</div>`;
}

export function inWords(stops: readonly Stop[]): string {
  const broken = stops.filter(({ state }) => state === 'must-fix').map(({ name }) => STOP_TITLES[name]);
  const said = stops.map(({ name, state }) => `${STOP_TITLES[name]}: ${STATE_WORDS[state]}`).join(', ');
  return `The way of the mount. ${said}. ${broken.length === 0 ? 'No link is broken.' : `Broken at: ${broken.join(', ')}.`}`;
}

const STEP = 124;
const NODE_Y = 30;
const RADIUS = 17;

function across(stops: readonly Stop[], words: string): Html {
  const width = stops.length * STEP;
  const xOf = (index: number) => STEP / 2 + index * STEP;
  const links = stops.slice(1).map((stop, index) => {
    const [from, to] = [xOf(index) + RADIUS, xOf(index + 1) - RADIUS];
    const isBeyond = stops.slice(0, index + 1).some(({ state }) => state === 'must-fix');
    return link({ from, to, isBroken: stop.state === 'must-fix', isBeyond, turned: false });
  });
  const nodes = stops.map(
    (stop, index) =>
      html`<g transform="translate(${xOf(index)} ${NODE_Y})">${node(stop)}${titleLines(STOP_TITLES[stop.name])}</g>`,
  );
  return html`<svg class="wide" viewBox="0 0 ${width} 92" role="img" aria-label="${words}">${links}${nodes}</svg>`;
}

function titleLines(title: string): Html {
  const words = title.split(' ');
  const half = words.length > 2 ? 2 : 1;
  const lines = [words.slice(0, half).join(' '), words.slice(half).join(' ')].filter((line) => line !== '');
  return html`${lines.map((line, index) => html`<text text-anchor="middle" y="${37 + index * 17}">${line}</text>`)}`;
}

const ROW = 68;
const NODE_X = 26;
const WHAT_SIGNS = 42;

function down(stops: readonly Stop[], words: string): Html {
  const height = stops.length * ROW;
  const yOf = (index: number) => ROW / 2 + index * ROW;
  const links = stops.slice(1).map((stop, index) => {
    const [from, to] = [yOf(index) + RADIUS, yOf(index + 1) - RADIUS];
    const isBeyond = stops.slice(0, index + 1).some(({ state }) => state === 'must-fix');
    return link({ from, to, isBroken: stop.state === 'must-fix', isBeyond, turned: true });
  });
  const nodes = stops.map(
    (stop, index) => html`<g transform="translate(${NODE_X} ${yOf(index)})">${node(stop)}
<text x="32" y="-6">${STOP_TITLES[stop.name]}</text>${whatLines(stop.what)}</g>`,
  );
  return html`<svg class="tall" viewBox="0 0 340 ${height}" role="img" aria-label="${words}">${links}${nodes}</svg>`;
}

/** At most two lines; what does not fit is in the words beside the picture. */
function whatLines(what: string): Html {
  const lines: string[] = [];
  for (const word of what.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < WHAT_SIGNS) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  const shown = lines.length > 2 ? [lines[0] ?? '', `${lines[1]?.slice(0, WHAT_SIGNS - 2)} …`] : lines;
  return html`${shown.map((line, index) => html`<text class="what" x="32" y="${10 + index * 15}">${line}</text>`)}`;
}

function node({ state }: Stop): Html {
  return html`<circle class="node n-${state}" r="${RADIUS}"/><path class="mark m-${state}" d="${markPath(state)}"/>`;
}

interface Link {
  readonly from: number;
  readonly to: number;
  /** The stop that it leads to is broken. */
  readonly isBroken: boolean;
  /** It lies behind a broken stop: the mount does not come here. */
  readonly isBeyond: boolean;
  readonly turned: boolean;
}

function link({ from, to, isBroken, isBeyond, turned }: Link): Html {
  const at = (along: number, aside = 0) => (turned ? `${NODE_X + aside} ${along}` : `${along} ${NODE_Y + aside}`);
  if (!isBroken) return html`<path class="link${isBeyond ? ' beyond' : ''}" d="M${at(from)} L${at(to)}"/>`;
  const [middle, gap] = [(from + to) / 2, Math.min(9, (to - from) / 4)];
  const ends = `M${at(from)} L${at(middle - gap)} M${at(middle + gap)} L${at(to)}`;
  const cut = `M${at(middle - gap + 2, -8)} L${at(middle - 1, 8)} M${at(middle + 1, -8)} L${at(middle + gap - 2, 8)}`;
  return html`<path class="link broken" d="${ends}"/><path class="broken" d="${cut}"/>`;
}
