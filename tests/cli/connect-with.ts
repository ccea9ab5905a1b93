import { type Connect, createConnect } from '../../lib/cli/connect.ts';
import type { Account } from '../../lib/simulator/account.ts';

export const PERSON = 'arn:aws:iam::111122223333:role/admin';

/** The command line's way into a simulated account, as a person who may do everything there. */
export function connectWith(account: Account): Connect {
  return createConnect({
    config: account.clientConfig(),
    plugins: [account.plugin(PERSON)],
    nowMs: account.clock.nowMs,
    pause: (ms) => account.clock.advance(ms),
  });
}
