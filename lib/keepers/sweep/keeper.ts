import type { Decision } from '../../domain/plan.ts';
import type { Keeper } from '../../keeper.ts';
import type { Provisioning } from '../provisioning.ts';
import { decide } from './decide.ts';
import { gather, type SweepFacts } from './gather.ts';
import { parse, type SweepInput } from './parse.ts';
import { remember } from './remember.ts';
import { figuresOf } from './starts.ts';

/**
 * Looks at every family that opted in, whether anything was heard or not: events are best effort, and of IAM nothing is
 * heard outside us-east-1. So this is what everything rests on.
 */
export function sweepWith<P>(provisioning: Provisioning<P>): Keeper<SweepInput, SweepFacts<P>> {
  const decided = new WeakMap<SweepFacts<P>, readonly Decision[]>();
  return {
    name: 'sweep',
    actions: [
      'authorize-ingress',
      'authorize-egress',
      'revoke-rule',
      'put-role-policy',
      'create-access-point',
      'register-revision',
      'publish-volume',
      'update-service',
    ],
    parse,
    gather: (input, world, settings) => gather(input, { world, settings, provisioning }),
    decide: (facts, settings) => {
      const decisions = decide(facts, { settings, provisioning });
      decided.set(facts, decisions);
      return decisions;
    },
    figures: (facts) => figuresOf(facts.measured.families),
    remember: (facts, world) => remember(facts, world, { provisioning, decisions: decided.get(facts) ?? [] }),
  };
}
