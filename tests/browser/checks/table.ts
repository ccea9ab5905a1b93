import { check, open, type Stand } from '../stand.ts';

const SHOWN = `[...document.querySelectorAll('table.checks tbody tr')].filter((row) => row.checkVisibility()).map((row) => row.dataset.state)`;
const FIRST = `document.querySelector('table.checks tbody tr').textContent`;

/** Filter by state and by words, sort by a column, all with the keyboard. */
export async function checkTable(stand: Stand): Promise<void> {
  const page = await open(stand, { width: 1440, scheme: 'light' });
  const shown = async () => (await page.evaluate(SHOWN)) as string[];
  const count = (...states: string[]) => stand.checks.filter(({ state }) => states.includes(state)).length;
  const all = stand.checks.length;
  const troubled = all - count('fine');
  check('what is fine is not shown at first', (await shown()).length === troubled, await shown());
  const fine = page.getByRole('button', { name: /^fine/ });
  await fine.focus();
  await page.keyboard.press('Enter');
  check(
    'fine is shown when asked for',
    (await shown()).length === all && (await fine.getAttribute('aria-pressed')) === 'true',
  );
  await page.getByRole('button', { name: /^must fix/ }).click();
  check('must fix goes when it is not asked for', (await shown()).length === all - count('must-fix'));
  await page.getByRole('button', { name: /^must fix/ }).click();
  await page.getByLabel('Filter by words').fill('shop-api ROLE');
  const fits = await shown();
  check('all words must be there, in any case', fits.length > 0 && fits.length < all, fits);
  check(
    'a screen reader hears how many',
    ((await page.getByRole('status').textContent()) ?? '').startsWith(`${fits.length} of ${all} `),
  );
  await page.getByLabel('Filter by words').fill('zzz');
  check('nothing fits: it says so', await page.getByText('No check fits the filter.').isVisible());
  await page.getByLabel('Filter by words').fill('');
  await page.locator('th button', { hasText: 'Family' }).click();
  const rising = (await page.evaluate(FIRST)) as string;
  await page.locator('th button', { hasText: 'Family' }).click();
  const falling = (await page.evaluate(FIRST)) as string;
  check('sorted by family, both ways', rising.includes('checkout') && falling.includes('shop-api'), {
    rising,
    falling,
  });
  check('a screen reader hears the order', (await page.locator('th[aria-sort=descending]').textContent()) === 'Family');
  await page.context().close();
}

const HEAD_SIZE = `(() => { const { width, height } = document.querySelector('table.checks thead').getBoundingClientRect(); return [width, height]; })()`;

/** On a phone each row is a block of its own, and a row of titles above them heads nothing. */
export async function checkHeadOnPhone(stand: Stand): Promise<void> {
  const page = await open(stand, { width: 390, scheme: 'light' });
  const size = async () => (await page.evaluate(HEAD_SIZE)) as [number, number];
  const hidden = await size();
  check(
    'on a phone the table has no row of titles',
    hidden.every((pixels) => pixels <= 1),
    hidden,
  );
  const heard = await page.getByRole('columnheader').allTextContents();
  check('a screen reader still hears the titles', heard.join(' ') === 'State Family Where Check', heard);
  await page.locator('th button', { hasText: 'Family' }).focus();
  const shown = await size();
  check('who comes to them with the keyboard sees them', shown[0] > 200 && shown[1] > 20, shown);
  await page.context().close();
}
