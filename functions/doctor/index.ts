import { doctor } from '../../lib/keepers/doctor/keeper.ts';
import { lambda } from '../../lib/lambda.ts';

export const handler = lambda(doctor);
