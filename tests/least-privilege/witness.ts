import type { Account, Call } from '../../lib/simulator/account.ts';
import { allows } from './judge.ts';
import { patternOf, type Request, requestsOf, shown } from './requests.ts';
import type { Statement } from './roles.ts';
import { type Params, roleAsWritten } from './roles-as-written.ts';

interface Made {
  readonly role: string;
  readonly params: Params;
  readonly request: Request;
}

const seen = new Set<string>();
const roles = new Map<string, readonly Statement[]>();
let unjudged: Made[] = [];

/** Notes what the functions of an installation ask of AWS from now on, each kind of request once. */
export function witness(account: Account, params: Params): void {
  let judge = account.authorize;
  Object.defineProperty(account, 'authorize', {
    get: () => (call: Call) => {
      note(call, params);
      return judge?.(call) ?? 'allowed';
    },
    set: (wanted: Account['authorize']) => {
      judge = wanted;
    },
  });
}

function note(call: Call, params: Params): void {
  const role = /:role\/mountkeeper-([a-z]+)-/.exec(call.caller)?.[1];
  if (role === undefined) return;
  for (const request of requestsOf(call)) {
    const key = `${role} ${JSON.stringify(params)} ${patternOf(request)}`;
    if (!seen.has(key)) unjudged.push({ role, params, request });
    seen.add(key);
  }
}

/** Requests since the last time which the role of the function does not allow. */
export async function refusals(): Promise<readonly string[]> {
  const made = unjudged;
  unjudged = [];
  const refused: string[] = [];
  for (const { role, params, request } of made)
    if (!(await allows(statementsOf(role, params), request))) refused.push(`${role}: ${shown(request)}`);
  return refused;
}

function statementsOf(role: string, params: Params): readonly Statement[] {
  const key = `${role} ${JSON.stringify(params)}`;
  const known = roles.get(key) ?? roleAsWritten(role, params);
  roles.set(key, known);
  return known;
}
