import type { KeeperName } from '../../keeper.ts';
import type { Answer, AnsweredDecision } from '../../report/answer.ts';
import type { Palette } from '../../report/palette.ts';
import { renderPlan } from '../../report/render-plan.ts';
import type { Connection } from '../connect.ts';
import { EXIT, Stop } from '../exit.ts';
import { mustExist } from '../must-exist.ts';
import type { CliContext } from '../program.ts';
import { answerIn, notInstalledIn, problemsText } from './answers.ts';
import type { AwsOptions } from './aws-options.ts';

export interface ChangeOptions extends AwsOptions {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly local?: boolean;
}

export interface Change {
  readonly keeper: Extract<KeeperName, 'provision' | 'remediate' | 'revert'>;
  readonly request: Readonly<Record<string, unknown>>;
  /** It changes the ledger alone, so the plan is empty and that is no reason to stop. */
  readonly isOfLedger?: boolean;
}

type Run = (request: Readonly<Record<string, unknown>>) => Promise<Answer>;
type Done = Extract<Answer, { readonly result: 'done' }>;

/**
 * A change is planned first, shown, asked about (unless `--yes`) and then made by the deployed function: its role is bound by the
 * owners' keys, a person's laptop is not.
 */
export async function change(wanted: Change, options: ChangeOptions, context: CliContext): Promise<number> {
  if (options.local && !options.dryRun)
    throw new Stop(
      "--local goes with --dry-run only: a change is made by the deployed function, whose role is bound by the owners' keys.",
    );
  const connection = await context.connect(options);
  if (!options.local && connection.installed === false) throw new Stop(notInstalled(connection));
  const run = options.local ? await locally(wanted.keeper, connection) : deployed(wanted.keeper, connection);
  const ask = async (request: Change['request']) => {
    const answer = done(await run(request), wanted);
    // Only now, so that a caller who may do nothing but invoke is not asked for more.
    if (isUnseen(answer)) await nameExists(wanted, connection);
    return answer;
  };
  if (options.yes && !options.dryRun) return await tell(await ask(wanted.request), options, context);
  const planned = await ask({ ...wanted.request, dryRun: true });
  if (options.dryRun) return await tell(planned, options, context);
  if (!(await isWanted(planned, { wanted, context }))) return exitOf(planned);
  return await tell(await ask(wanted.request), options, context);
}

async function nameExists({ request: { taskDefinition } }: Change, { world }: Connection): Promise<void> {
  if (typeof taskDefinition === 'string') await mustExist(taskDefinition, world);
}

function notInstalled({ world: { self } }: Connection): string {
  return [notInstalledIn(self.region), 'With --dry-run --local a plan is made with your own credentials.'].join('\n');
}

function deployed(keeper: string, { invoke }: Connection): Run {
  return async (request) => answerIn(await invoke(`mountkeeper-${keeper}`, request));
}

async function locally(keeper: Change['keeper'], { world, settings }: Connection): Promise<Run> {
  const { runLocally } = await import('./run-locally.ts');
  return (request) => runLocally(keeper, request, { world, settings, runId: world.unique() });
}

/** What could not be done ends here, with why. */
function done(answer: Answer, { isOfLedger, request }: Change): Done {
  if (answer.result === 'bad-request') throw new Stop(problemsText(answer.problems));
  if (answer.result !== 'done') throw new Stop(answer.why);
  const isNothing = answer.about.some(({ findings }) => findings.some(({ code }) => code === 'nothing-to-revert'));
  if (isOfLedger && isNothing)
    throw new Stop(`Nothing is held under "${request['release']}". "mountkeeper status" lists what is held.`);
  return answer;
}

interface Asking {
  readonly wanted: Change;
  readonly context: CliContext;
}

async function isWanted(planned: Done, { wanted, context }: Asking): Promise<boolean> {
  const { terminal } = context;
  const changes = planned.about.flatMap(({ withheld }) => withheld.filter(({ heldBy }) => heldBy === 'dry-run'));
  terminal.talk(textOf(planned, terminal.talkPalette));
  if (changes.length === 0 && !wanted.isOfLedger) {
    terminal.talk('There is nothing to change.');
    return false;
  }
  if (!terminal.canAsk)
    throw new Stop(
      'It asks before it changes anything, and there is nobody to ask. Give --yes, or --dry-run to see the plan.',
    );
  const asked = await terminal.ask(
    wanted.isOfLedger ? 'Do this?' : `Make ${changes.length} change${changes.length === 1 ? '' : 's'}?`,
  );
  if (!asked) terminal.talk('Nothing was changed.');
  return asked;
}

async function tell(answer: Done, options: ChangeOptions, { terminal }: CliContext): Promise<number> {
  const text = options.json ? JSON.stringify(answer, undefined, 2) : textOf(answer, terminal.palette);
  await terminal.data(`${text}\n`);
  return exitOf(answer);
}

function exitOf(answer: Done): number {
  if (isUnseen(answer)) return EXIT.failed;
  return troubleIn(answer) ? EXIT.trouble : EXIT.fine;
}

/** Nothing was found out: the thing asked for is not there, or may not be read. */
function isUnseen({ about }: Done): boolean {
  const isBlind = ({ findings, steps, withheld }: AnsweredDecision) =>
    steps.length + withheld.length === 0 && findings.length > 0 && findings.every(({ code }) => code === 'not-checked');
  return about.length > 0 && about.every(isBlind);
}

/** Something failed, or is held by something else than the dry run. */
function troubleIn({ about }: Done): boolean {
  return about.some(
    ({ steps, withheld }) =>
      steps.some(({ result }) => result === 'failed' || result === 'not-reached') ||
      withheld.some(({ heldBy }) => heldBy !== 'dry-run'),
  );
}

function textOf({ about }: Done, palette: Palette): string {
  if (about.length === 0) return 'Nothing found, nothing to change.';
  return about.map((one) => `${palette.bold(one.thing)}\n${decisionText(one, palette)}`).join('\n\n');
}

function decisionText({ findings, steps, withheld }: AnsweredDecision, palette: Palette): string {
  return renderPlan({ findings, steps, withheld }, { palette });
}
