import type { Action, PublishVolume, UpdateService, UpdateThroughput } from '../../domain/action.ts';
import { type Fact, mapFact } from '../../domain/fact.ts';
import { parseTaskDefinitionName } from '../../domain/ids.ts';
import type { Current } from './gather-current.ts';

/** The value that a place had before a change, or why it cannot be put back. */
export type Back = { readonly value: string } | { readonly refused: string };

/**
 * A place in AWS that holds one value. Several changes of one place are taken back together, in one call, from what it
 * holds now to what it held before the oldest of them. Values are texts, so that they can be compared.
 */
export interface Slot<A extends Action> {
  readonly name: (action: A) => string;
  readonly read: (action: A, current: Current) => Fact<string>;
  readonly back: (action: A, value: string) => Back;
  readonly write: (action: A, move: Move) => Action;
  /** Why the whole way must not be gone, whatever its steps are. */
  readonly refuses?: (action: A, move: Move) => string | undefined;
}

export interface Move {
  readonly from: string;
  readonly to: string;
}

export const NOTHING = '';

export function orNothing(fact: Fact<string> | undefined): Fact<string> {
  if (fact === undefined) return { state: 'unknown', why: 'it was not read' };
  return fact.state === 'absent' ? { state: 'present', value: NOTHING } : fact;
}

export const serviceSlot: Slot<UpdateService> = {
  name: ({ serviceArn }) => serviceArn,
  read: ({ serviceArn }, { services }) => taskDefinitionOf(services[serviceArn]),
  back: ({ taskDefinition, previousTaskDefinition }, value) =>
    nameOf(taskDefinition ?? '') === nameOf(value)
      ? { value: previousTaskDefinition }
      : { refused: `Somebody deployed ${nameOf(value)} to the service since.` },
  write: (action, { from, to }) => ({
    ...action,
    taskDefinition: to,
    previousTaskDefinition: from,
    forceNewDeployment: false,
  }),
};

function taskDefinitionOf(fact: Current['services'][string] | undefined): Fact<string> {
  return fact === undefined ? orNothing(undefined) : mapFact(fact, ({ taskDefinitionArn }) => taskDefinitionArn);
}

function nameOf(taskDefinition: string): string {
  const name = parseTaskDefinitionName(taskDefinition);
  return name ? `${name.family}:${name.revision ?? ''}` : taskDefinition;
}

export const throughputSlot: Slot<UpdateThroughput> = {
  name: ({ fileSystemId }) => fileSystemId,
  read: ({ fileSystemId }, { fileSystems }) => {
    const fact = fileSystems[fileSystemId];
    if (fact === undefined) return orNothing(undefined);
    return mapFact(fact, ({ throughputMode, provisionedMibps }) => modeText(throughputMode, provisionedMibps));
  },
  back: ({ mode, mibps, previousMode, previousMibps }, value) =>
    modeText(mode, mibps) === value
      ? { value: modeText(previousMode, previousMibps) }
      : { refused: `Somebody switched the throughput to ${value} since.` },
  write: ({ fileSystemId }, { from, to }) => {
    const [mode, mibps] = modeOf(to);
    const [previousMode, previousMibps] = modeOf(from);
    return {
      kind: 'update-throughput',
      fileSystemId,
      mode,
      previousMode,
      ...(mibps === undefined ? {} : { mibps }),
      ...(previousMibps === undefined ? {} : { previousMibps }),
    };
  },
  /** What its owner and the installation can pay is known to the throughput keeper alone: a revert buys nothing. */
  refuses: ({ fileSystemId }, { from, to }) => {
    const [mode, mibps = 0] = modeOf(to);
    const [present, presentMibps = 0] = modeOf(from);
    const isDearer = mode === 'elastic' ? present !== 'elastic' : mibps > presentMibps;
    if (!isDearer) return undefined;
    const target = mode === 'elastic' ? { mode } : { mode, mibps };
    return `It would buy throughput, which revert does not. Ask for it within its owner's bounds: invoke mountkeeper-throughput with ${JSON.stringify({ fileSystem: fileSystemId, target })}.`;
  },
};

type Mode = UpdateThroughput['mode'];

function modeText(mode: Mode, mibps: number | undefined): string {
  return mode === 'provisioned' ? `${mode} ${mibps ?? ''}` : mode;
}

function modeOf(text: string): readonly [Mode, number?] {
  const [mode, mibps] = text.split(' ');
  return mibps ? [mode as Mode, Number(mibps)] : [mode as Mode];
}

type Values = Readonly<Record<string, string | null>>;

export const publishSlot: Slot<PublishVolume> = {
  name: ({ family, volume }) => `${family}/${volume}`,
  read: (action, { parameters }) => readValues(namesOf(action), parameters),
  back: ({ parameters, previous }, value) => {
    const now = JSON.parse(value) as Values;
    const edited = Object.keys({ ...previous, ...parameters }).filter(
      (name) => (now[name] ?? null) !== (parameters[name] ?? null),
    );
    if (edited.length > 0) return { refused: `Somebody changed ${edited.join(', ')} since.` };
    return { value: valuesText({ ...now, ...removed(parameters), ...previous }) };
  },
  write: (action, { from, to }) => {
    const wanted = Object.entries(JSON.parse(to) as Values);
    return {
      ...action,
      parameters: Object.fromEntries(wanted.filter((entry): entry is [string, string] => entry[1] !== null)),
      previous: JSON.parse(from) as Values,
    };
  },
};

function namesOf({ parameters, previous }: PublishVolume): readonly string[] {
  return Object.keys({ ...previous, ...parameters });
}

function removed(parameters: PublishVolume['parameters']): Values {
  return Object.fromEntries(Object.keys(parameters).map((name) => [name, null]));
}

function readValues(names: readonly string[], facts: Current['parameters']): Fact<string> {
  const read = names.map((name) => [name, facts[name] ?? { state: 'unknown', why: 'it was not read' }] as const);
  for (const [, fact] of read) if (fact.state === 'unknown') return fact;
  const values = read.map(([name, fact]) => [name, fact.state === 'present' ? fact.value : null]);
  return { state: 'present', value: valuesText(Object.fromEntries(values)) };
}

function valuesText(values: Values): string {
  return JSON.stringify(values, Object.keys(values).toSorted());
}
