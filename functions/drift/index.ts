import { driftWith } from '../../lib/keepers/drift/keeper.ts';
import { provision } from '../../lib/keepers/provision/keeper.ts';
import { provisioningBy } from '../../lib/keepers/provisioning.ts';
import { lambda } from '../../lib/lambda.ts';

export const handler = lambda(driftWith(provisioningBy(provision)));
