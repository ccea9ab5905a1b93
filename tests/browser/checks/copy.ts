import { check, open, type Stand } from '../stand.ts';

export async function checkCopy(stand: Stand): Promise<void> {
  const page = await open(stand, { width: 390, scheme: 'dark' });
  const block = page.locator('.command').first();
  const command = (await block.locator('pre').textContent()) ?? '';
  await block.getByRole('button', { name: 'Copy' }).click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  const copied = await page.evaluate('navigator.clipboard.readText()');
  check('the whole command is in the clipboard', copied === command && command.startsWith('aws '), { copied, command });
  check('a screen reader hears it', (await page.getByRole('status').textContent()) === 'Command copied');
  await page.context().close();
}
