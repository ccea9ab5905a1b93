import { resolve } from 'node:path';
import type { Connect } from '../../lib/cli/connect.ts';
import type { KeeperName } from '../../lib/keeper.ts';
import { answerOf } from '../../lib/report/answer.ts';
import type { EstateWishes } from '../../lib/simulator/estate/spec.ts';
import { furnish } from '../../lib/simulator/stack/furnish.ts';
import { VERSION } from '../../lib/version.ts';
import { type Stage, stage } from '../scenarios/stage.ts';
import { connectWith, PERSON } from './connect-with.ts';

const ROOT = resolve(__dirname, '..', '..');

export { PERSON };

export interface Shell extends Stage {
  readonly connect: Connect;
}

/** A simulated account with an estate and an installation, and a person who may do everything there. */
export function shell(wishes: EstateWishes = {}): Shell {
  const made = stage(wishes);
  const { account, installed } = made;
  furnish(account, { root: ROOT, version: VERSION });
  account.invoke = async (name, request) =>
    answerOf(await installed.invoke(name.replace('mountkeeper-', '') as KeeperName, request));
  return { ...made, connect: connectWith(account) };
}
