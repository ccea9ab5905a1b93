import { provision } from '../../lib/keepers/provision/keeper.ts';
import { lambda } from '../../lib/lambda.ts';

export const handler = lambda(provision);
