import { driftWith } from '../../lib/keepers/drift/keeper.ts';
import { provisioningBy } from '../../lib/keepers/provisioning.ts';
import { lambda } from '../../lib/lambda.ts';

const provisioning = provisioningBy(async () => (await import('../../lib/keepers/provision/keeper.ts')).provision);

export const handler = lambda(driftWith(provisioning));
