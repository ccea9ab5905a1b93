import type { Parsed } from '../../keeper.ts';
import type { Self } from '../../world.ts';
import { aText, FLAG, type Form, isEvent, isRecord, problemsOf, shown } from '../by-hand.ts';

export interface SweepInput {
  /** Only these: the one that a request by hand names, or those that have to be looked at again. */
  readonly families?: readonly string[];
}

const EXAMPLE = { dryRun: true };
const FORM: Form = {
  family: aText(/^[A-Za-z0-9_-]{1,255}$/, 'the family of a task definition; without it every family'),
  dryRun: FLAG,
};

export function parse(trigger: unknown, self: Self): Parsed<SweepInput> {
  if (!isEvent(trigger)) return parseRequest(trigger);
  const { source, account, region } = trigger;
  if (source !== 'aws.events' || trigger['detail-type'] !== 'Scheduled Event') return ignore('not a scheduled event');
  if (account !== self.accountId || region !== self.region) return ignore('the event is of another account or Region');
  return { kind: 'go', input: {}, byHand: false, dryRun: false, lease: 'sweep' };
}

function parseRequest(request: unknown): Parsed<SweepInput> {
  if (!isRecord(request)) {
    const problem = { field: '(the request)', got: shown(request), expected: 'a JSON object' };
    return { kind: 'bad', problems: [problem], example: EXAMPLE };
  }
  const problems = problemsOf(request, FORM);
  if (problems.length > 0) return { kind: 'bad', problems, example: EXAMPLE };
  const family = request['family'];
  return {
    kind: 'go',
    input: typeof family === 'string' ? { families: [family] } : {},
    byHand: true,
    dryRun: request['dryRun'] === true,
    lease: typeof family === 'string' ? `family ${family}` : 'sweep',
  };
}

function ignore(why: string): Parsed<SweepInput> {
  return { kind: 'ignore', why };
}
