import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOM = join(__dirname, '../../lib/aws');
const files = readdirSync(ROOM).map((name) => ({ name, text: readFileSync(join(ROOM, name), 'utf8') }));
const isClient = ({ name }: { readonly name: string }) => name.endsWith('-client.ts');

/** What a file loads as soon as it is loaded itself: imports that are not of types alone. */
function loads(text: string): readonly string[] {
  const imports = [...text.matchAll(/^(?:import|export)\s+(type\s)?[^;]*?from '([^']+)';/gm)];
  return imports.filter(([, type]) => type === undefined).map(([, , from]) => from ?? '');
}

test('only the client modules load the SDK, each one service', () => {
  const services = files.map((file) => [
    file.name,
    new Set(loads(file.text).filter((from) => /^@(aws-sdk|smithy)\/client-/.test(from))).size,
  ]);
  expect(services.filter(([, count]) => count !== 0)).toEqual(files.filter(isClient).map(({ name }) => [name, 1]));
  expect(
    files.filter((file) => !isClient(file)).flatMap((file) => loads(file.text).filter((from) => from.startsWith('@'))),
  ).toEqual([]);
});

test('the client modules are loaded when first used, and by nobody else', () => {
  const early = files.flatMap(({ name, text }) =>
    loads(text)
      .filter((from) => from.endsWith('-client.ts'))
      .map((from) => [name, from]),
  );
  expect(early).toEqual([]);
  const late = files.find(({ name }) => name === 'clients.ts')?.text ?? '';
  expect([...late.matchAll(/await import\('\.\/([\w-]+\.ts)'\)/g)].map(([, name]) => name).toSorted()).toEqual(
    files
      .filter(isClient)
      .map(({ name }) => name)
      .toSorted(),
  );
});
