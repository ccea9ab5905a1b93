import type { Keeper } from '../../keeper.ts';
import type { Provisioning } from '../provisioning.ts';
import { decide } from './decide.ts';
import { type DriftFacts, gather } from './gather.ts';
import { type DriftInput, parse } from './parse.ts';
import { remember } from './remember.ts';

/** Hears what others change, knows whose mounts rest on it, repairs what is ours, tells the rest with who did it. */
export function driftWith<P>(provisioning: Provisioning<P>): Keeper<DriftInput, DriftFacts<P>> {
  return {
    name: 'drift',
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
    decide: (facts, settings) => decide(facts, { settings, provisioning }),
    remember: (facts, world, ended) => remember(facts, world, { ...ended, provisioning }),
  };
}
