import type { PublishVolume } from '../../domain/action.ts';
import type { Description } from './description.ts';
import { aws, type Given, named } from './shell.ts';

export function describePublish(action: PublishVolume, given: Given): Description {
  const { removed, written } = writes(action);
  const path = pathOf(action);
  return {
    sign: Object.values(action.previous).some((value) => value !== null) ? '~' : '+',
    thing: 'Parameter Store',
    part: path,
    change:
      Object.keys(action.parameters)
        .map((name) => shortName(name, path))
        .join(', ') || 'nothing',
    detail: [
      ...written.map(([name, value]) => named(`${shortName(name, path)} = ${value}`)),
      ...removed.map((name) => `${shortName(name, path)} is removed`),
    ],
    byHand: commands(action, given),
    undo: { command: commands(inversePublish(action), given) },
    check: aws(['ssm', 'get-parameters-by-path', '--path', path.slice(0, -1)], given),
  };
}

/**
 * The publication that restores what was there. A name that is in `previous` and not in `parameters` is one to remove:
 * Parameter Store has no empty values.
 */
export function inversePublish(action: PublishVolume): PublishVolume {
  const restored = Object.entries(action.previous).filter((entry): entry is [string, string] => entry[1] !== null);
  const names = Object.keys({ ...action.previous, ...action.parameters });
  return {
    ...action,
    parameters: Object.fromEntries(restored),
    previous: Object.fromEntries(names.map((name) => [name, action.parameters[name] ?? null])),
  };
}

function writes({ parameters, previous }: PublishVolume) {
  const removed = Object.keys(previous).filter((name) => previous[name] !== null && !(name in parameters));
  return { removed, written: Object.entries(parameters) };
}

function commands(action: PublishVolume, given: Given): string {
  const { removed, written } = writes(action);
  const path = pathOf(action);
  const puts = written.map(([name, value]) =>
    aws(
      ['ssm', 'put-parameter', '--name', fullName(name, path), '--value', value, '--type', 'String', '--overwrite'],
      given,
    ),
  );
  const names = removed.map((name) => fullName(name, path));
  const deletion = names.length === 0 ? [] : [aws(['ssm', 'delete-parameters', '--names', ...names], given)];
  return [...puts, ...deletion].join(' && ');
}

function pathOf({ family, volume }: PublishVolume): string {
  return `/mountkeeper/volumes/${family}/${volume}/`;
}

function fullName(name: string, path: string): string {
  return name.startsWith('/') ? name : `${path}${name}`;
}

function shortName(name: string, path: string): string {
  return name.startsWith(path) ? name.slice(path.length) : name;
}
