import type { Keeper } from '../../keeper.ts';
import { decide } from './decide.ts';
import type { ProvisionFacts } from './facts.ts';
import { gather } from './gather.ts';
import { type ProvisionInput, parse } from './parse.ts';
import { remember } from './remember.ts';

/** Hears a task definition that opted in and makes it a working mount: access point, network, grant, wired revision. */
export const provision: Keeper<ProvisionInput, ProvisionFacts> = {
  name: 'provision',
  actions: [
    'create-access-point',
    'authorize-ingress',
    'authorize-egress',
    'put-role-policy',
    'register-revision',
    'publish-volume',
    'update-service',
  ],
  parse,
  gather,
  decide,
  remember,
};
