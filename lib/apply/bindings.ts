import type { Action, RegisterRevision } from '../domain/action.ts';

export type Bindings = Readonly<Record<string, string>>;

type Json = Readonly<Record<string, unknown>>;
type Fill = (name: string, place: string) => string;

/** Fills `${…}` in every text of an action with what earlier steps made. Throws on a name that no step has made. */
export function fill<A extends Action>(action: A, bindings: Bindings): A {
  const filled: Fill = (name) => {
    const value = bindings[name];
    if (value === undefined) throw new Error(`The plan uses ${name}, which no earlier step has made.`);
    return value;
  };
  return (action.kind === 'register-revision' ? fillRevision(action, filled) : fillValue(action, filled)) as A;
}

/** Only where the plan itself wrote: an environment value may hold the same words, and they are its owner's. */
function fillRevision(action: RegisterRevision, filled: Fill): RegisterRevision {
  const { volumes, ...input } = action.input;
  if (!Array.isArray(volumes)) return action;
  return { ...action, input: { ...input, volumes: volumes.map((volume) => fillVolume(volume, filled)) } };
}

function fillVolume(volume: Json, filled: Fill): Json {
  const efs = volume['efsVolumeConfiguration'] as Json | undefined;
  const authorizationConfig = efs?.['authorizationConfig'];
  if (authorizationConfig === undefined) return volume;
  const wired = { ...efs, authorizationConfig: fillValue(authorizationConfig, filled) };
  return { ...volume, efsVolumeConfiguration: wired };
}

/** The same for what is only told: a name that no step has made stays as it is. */
export function fillKnown<T>(told: T, bindings: Bindings): T {
  return fillValue(told, (name, place) => bindings[name] ?? place) as T;
}

function fillValue(value: unknown, filled: Fill): unknown {
  if (typeof value === 'string') return value.replace(PLACE, (place, name: string) => filled(name, place));
  if (Array.isArray(value)) return value.map((item) => fillValue(item, filled));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillValue(item, filled)]));
}

const PLACE = /\$\{(access-point:[A-Za-z0-9_-]+:(?:id|arn)|revision:arn)\}/g;
