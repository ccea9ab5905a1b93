import { provision } from '../../keepers/provision/keeper.ts';
import { remediate } from '../../keepers/remediate/keeper.ts';
import { revert } from '../../keepers/revert/keeper.ts';
import { type Answer, answerOf } from '../../report/answer.ts';
import { type Arrived, type Road, walk } from '../../road.ts';

type Walk = (request: unknown, road: Road) => Promise<Arrived>;

const KEEPERS: Readonly<Record<'provision' | 'remediate' | 'revert', Walk>> = {
  provision: (request, road) => walk(provision, request, road),
  remediate: (request, road) => walk(remediate, request, road),
  revert: (request, road) => walk(revert, request, road),
};

/** Plans with the caller's own credentials. Only for requests that are dry runs: anything else is refused. */
export async function runLocally(
  keeper: keyof typeof KEEPERS,
  request: Readonly<Record<string, unknown>>,
  road: Road,
): Promise<Answer> {
  if (request['dryRun'] !== true) throw new Error('only dry runs are made with the credentials of the caller');
  return answerOf(await KEEPERS[keeper](request, road));
}
