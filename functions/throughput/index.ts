import { throughput } from '../../lib/keepers/throughput/keeper.ts';
import { lambda } from '../../lib/lambda.ts';

export const handler = lambda(throughput);
