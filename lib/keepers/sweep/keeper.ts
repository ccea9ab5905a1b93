import type { Keeper } from '../../keeper.ts';
import { CARE, type Provisioning } from '../provisioning.ts';
import { decide } from './decide.ts';
import { gather, type SweepFacts } from './gather.ts';
import { parse, type SweepInput } from './parse.ts';
import { remember } from './remember.ts';
import { figuresOf } from './starts.ts';

/** The time-out of its function. */
const LASTS_MS = 15 * 60_000;

/**
 * Looks at every family that opted in, whether anything was heard or not: events are best effort, and of IAM nothing is
 * heard outside us-east-1. So this is what everything rests on.
 */
export function sweepWith(provisioning: Provisioning): Keeper<SweepInput, SweepFacts> {
  return {
    name: 'sweep',
    actions: CARE,
    parse,
    gather: (input, world, settings) => gather(input, { world, settings, provisioning }),
    decide,
    figures: (facts) => figuresOf(facts.measured.families),
    remember,
    again: (input, overtaken) => {
      const families = overtaken.flatMap(({ subject }) => subject.family ?? []);
      return families.length === overtaken.length ? { families } : input;
    },
    lastsMs: LASTS_MS,
  };
}
