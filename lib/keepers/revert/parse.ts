import type { Parsed } from '../../keeper.ts';
import { aText, FLAG, type Form, isEvent, isRecord, problemsOf, shown } from '../by-hand.ts';

/** What is to be taken back, or released to be made again. */
export type RevertInput = { readonly deleteAccessPoints: boolean } & (
  | { readonly kind: 'change'; readonly id: string }
  | { readonly kind: 'incident'; readonly id: string }
  | { readonly kind: 'family'; readonly id: string }
  | { readonly kind: 'release'; readonly id: string }
);

type Kind = RevertInput['kind'];

const EXAMPLE = { change: 'mf3k2a10-0a1b2c3d', dryRun: true };
const OPTIONS: Form = { deleteAccessPoints: FLAG, dryRun: FLAG };

const FORMS: Readonly<Record<Kind, Form>> = {
  change: { change: aText(/^[a-z0-9]+-[A-Za-z0-9-]{1,80}$/, 'the id of a change, as in the alert'), ...OPTIONS },
  incident: { incident: aText(/^inc-[a-z0-9]+$/, 'the id of an incident, as in the alert'), ...OPTIONS },
  family: { family: aText(/^[A-Za-z0-9_-]{1,255}$/, 'the family of a task definition'), ...OPTIONS },
  release: {
    release: aText(/^[\x20-\x7e]+$/, 'the key of a held change, the id of a reverted one, or a family'),
    dryRun: FLAG,
  },
};

/** Only by hand: no event takes a change back. */
export function parse(trigger: unknown): Parsed<RevertInput> {
  if (isEvent(trigger)) return { kind: 'ignore', why: 'changes are taken back by hand only' };
  const kind = isRecord(trigger) ? kindOf(trigger) : undefined;
  if (!isRecord(trigger) || kind === undefined) return bad(trigger);
  const problems = problemsOf(trigger, FORMS[kind]);
  if (problems.length > 0) return { kind: 'bad', problems, example: EXAMPLE };
  const id = String(trigger[kind]);
  return {
    kind: 'go',
    input: { kind, id, deleteAccessPoints: trigger['deleteAccessPoints'] === true },
    byHand: true,
    dryRun: trigger['dryRun'] === true,
    lease: kind === 'family' ? `family ${id}` : `revert ${id}`,
  };
}

function kindOf(request: Readonly<Record<string, unknown>>): Kind | undefined {
  return (Object.keys(FORMS) as Kind[]).find((kind) => kind in request);
}

function bad(trigger: unknown): Parsed<RevertInput> {
  const expected = 'one of change, incident, family or release';
  return { kind: 'bad', problems: [{ field: '(the request)', got: shown(trigger), expected }], example: EXAMPLE };
}
