import { provision } from '../../lib/keepers/provision/keeper.ts';
import { provisioningBy } from '../../lib/keepers/provisioning.ts';
import { sweepWith } from '../../lib/keepers/sweep/keeper.ts';
import { lambda } from '../../lib/lambda.ts';

export const handler = lambda(sweepWith(provisioningBy(provision)));
