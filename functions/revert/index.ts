import { revert } from '../../lib/keepers/revert/keeper.ts';
import { lambda } from '../../lib/lambda.ts';

export const handler = lambda(revert);
