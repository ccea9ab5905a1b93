import { absent, present } from '../domain/fact.ts';
import type { ParameterVerbs } from '../verbs.ts';
import { type Border, writing } from './border.ts';
import { isGone } from './errors.ts';
import { collect } from './pages.ts';

export function createParameterVerbs(border: Border): ParameterVerbs {
  const { clients, once } = border;
  return {
    get: (Name) =>
      once.read(`parameters.get ${Name}`, async () => {
        const api = await clients.parameters();
        const { Parameter } = await api.get({ Name });
        return Parameter?.Value === undefined ? absent : present(Parameter.Value);
      }),
    under: (Path) =>
      once.read(`parameters.under ${Path}`, async () => {
        const api = await clients.parameters();
        const found = await collect(api.pages({ Path, Recursive: true }), (page) => page.Parameters);
        return present(Object.fromEntries(found.map((one) => [one.Name ?? '', one.Value ?? ''])));
      }),
    put: (Name, Value) =>
      writing(border, async () => {
        const api = await clients.parameters();
        await api.put({ Name, Value, Type: 'String', Overwrite: true });
      }),
    remove: (Name) =>
      writing(border, async () => {
        const api = await clients.parameters();
        try {
          await api.remove({ Name });
        } catch (error) {
          if (!isGone(error)) throw error;
        }
      }),
  };
}
