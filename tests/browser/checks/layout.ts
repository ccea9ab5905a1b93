import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { check, open, type Stand, type View } from '../stand.ts';

/** Elements that reach beyond the page, and pictures whose texts do. */
const BEYOND = `(() => {
  const width = document.documentElement.clientWidth;
  const shown = (element) => element.checkVisibility() && !element.closest('.sr, .skip, dl.stops');
  const wide = [...document.body.querySelectorAll('*')].filter((element) => shown(element) && element.getBoundingClientRect().right > width + 0.5);
  const cut = [...document.querySelectorAll('svg text')].filter((text) => shown(text)).filter((text) => {
    const [inner, outer] = [text.getBoundingClientRect(), text.closest('svg').getBoundingClientRect()];
    return inner.right > outer.right + 1 || inner.left < outer.left - 1 || inner.bottom > outer.bottom + 1;
  });
  return { scroll: document.documentElement.scrollWidth - width, wide: wide.map((one) => one.className || one.tagName), cut: cut.map((one) => one.textContent) };
})()`;

const PICTURES = `['wide', 'tall'].map((name) => [...document.querySelectorAll('.route .' + name)].filter((one) => one.checkVisibility()).length > 0)`;

/** Family names of the table that are broken into many lines. */
const BROKEN = `(() => {
  const range = document.createRange();
  const isTall = (cell) => (range.selectNodeContents(cell), range.getBoundingClientRect().height > 90);
  return [...document.querySelectorAll('table.checks td:nth-child(2)')].filter((cell) => cell.checkVisibility() && isTall(cell)).map((cell) => cell.textContent);
})()`;

export async function checkLayout(stand: Stand, view: View): Promise<void> {
  const page = await open(stand, view);
  const name = `${stand.name ?? 'doctor'} ${view.width} ${view.scheme}`;
  const beyond = (await page.evaluate(BEYOND)) as { scroll: number; wide: string[]; cut: string[] };
  check(`${name}: nothing scrolls sideways`, beyond.scroll <= 0, beyond);
  check(`${name}: nothing reaches beyond the page`, beyond.wide.length === 0, beyond.wide);
  check(`${name}: no text of a picture is cut`, beyond.cut.length === 0, beyond.cut);
  if (stand.name === undefined) await checkPictures(page, view);
  const broken = (await page.evaluate(BROKEN)) as string[];
  check(`${name}: no name is broken letter by letter`, broken.length === 0, broken);
  const ground = await page.evaluate('getComputedStyle(document.body).backgroundColor');
  check(`${name}: the ground is ${view.scheme}`, (ground === 'rgb(14, 19, 26)') === (view.scheme === 'dark'), ground);
  await page.screenshot({ path: join(stand.folder, `${name.replaceAll(' ', '-')}.png`), fullPage: true });
  await page.context().close();
}

/** One picture of the way: across on a wide page, down on a narrow one. */
async function checkPictures(page: Page, { width, scheme }: View): Promise<void> {
  const [wide, tall] = (await page.evaluate(PICTURES)) as boolean[];
  const isWide = width > 900;
  check(`doctor ${width} ${scheme}: one picture, ${isWide ? 'across' : 'down'}`, wide === isWide && tall !== wide);
}
