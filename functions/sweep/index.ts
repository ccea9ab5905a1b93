import { provisioningBy } from '../../lib/keepers/provisioning.ts';
import { sweepWith } from '../../lib/keepers/sweep/keeper.ts';
import { lambda } from '../../lib/lambda.ts';

const provisioning = provisioningBy(async () => (await import('../../lib/keepers/provision/keeper.ts')).provision);

export const handler = lambda(sweepWith(provisioning));
