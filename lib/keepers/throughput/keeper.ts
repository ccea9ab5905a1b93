import type { Keeper } from '../../keeper.ts';
import { decide } from './decide.ts';
import { gather, type ThroughputFacts } from './gather.ts';
import { parse, type ThroughputInput } from './parse.ts';
import { remember } from './remember.ts';
import { reportOf } from './told-report.ts';

/** Watches burst credits, and buys throughput at the last safe moment and no longer than needed, where its owner lets it. */
export const throughput: Keeper<ThroughputInput, ThroughputFacts> = {
  name: 'throughput',
  actions: ['update-throughput'],
  parse,
  gather: (input, world, settings) => gather(input, { world, settings }),
  decide,
  report: reportOf,
  remember,
};
