import { check, open, type Stand, type View } from '../stand.ts';

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** Every rule of axe-core, best practices as well. The page's own policy would keep it out, so it comes by evaluation. */
export async function checkAxe(stand: Stand, view: View): Promise<void> {
  const page = await open(stand, view);
  await page.evaluate(`${stand.axe}; undefined`);
  const found = (await page.evaluate('axe.run().then(({ violations }) => violations)')) as readonly Violation[];
  check(
    `${stand.name ?? 'doctor'} ${view.width} ${view.scheme}: axe finds nothing`,
    found.length === 0,
    found.map(({ id, nodes }) => ({ id, nodes: nodes.slice(0, 2).map((node) => node.html.slice(0, 160)) })),
  );
  await page.context().close();
}
