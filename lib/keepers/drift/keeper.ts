import type { Keeper } from '../../keeper.ts';
import { CARE, type Provisioning } from '../provisioning.ts';
import { decide } from './decide.ts';
import { type DriftFacts, gather } from './gather.ts';
import { type DriftInput, parse } from './parse.ts';
import { remember } from './remember.ts';

/** Hears what others change, knows whose mounts rest on it, repairs what is ours, tells the rest with who did it. */
export function driftWith(provisioning: Provisioning): Keeper<DriftInput, DriftFacts> {
  return {
    name: 'drift',
    actions: CARE,
    parse,
    gather: (input, world, settings) => gather(input, { world, settings, provisioning }),
    decide,
    remember,
  };
}
