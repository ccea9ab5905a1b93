import { remediate } from '../../lib/keepers/remediate/keeper.ts';
import { lambda } from '../../lib/lambda.ts';

export const handler = lambda(remediate);
