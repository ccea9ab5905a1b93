import { driftWith } from '../../keepers/drift/keeper.ts';
import { provision } from '../../keepers/provision/keeper.ts';
import { provisioningBy } from '../../keepers/provisioning.ts';
import { remediate } from '../../keepers/remediate/keeper.ts';
import { revert } from '../../keepers/revert/keeper.ts';
import { sweepWith } from '../../keepers/sweep/keeper.ts';
import { throughput } from '../../keepers/throughput/keeper.ts';
import { walk } from '../../road.ts';
import type { Stack } from '../../simulator/stack/installation.ts';

const provisioning = provisioningBy(async () => provision);

/** Every function of the stack, as its handler walks it. */
export const FUNCTIONS: Stack['functions'] = {
  provision: (event, road) => walk(provision, event, road),
  drift: (event, road) => walk(driftWith(provisioning), event, road),
  sweep: (event, road) => walk(sweepWith(provisioning), event, road),
  remediate: (event, road) => walk(remediate, event, road),
  throughput: (event, road) => walk(throughput, event, road),
  revert: (event, road) => walk(revert, event, road),
};
