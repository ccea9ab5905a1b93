import { CATALOGUE, type Finding, type Severity } from '../domain/finding.ts';
import type { StepOutcome, WithheldStep } from '../domain/plan.ts';
import { type Description, lineOf, type Sign } from '../plan/describe/description.ts';
import { describeAction } from '../plan/describe.ts';
import { oneLine, visible } from './alert/safe-text.ts';
import { ownerCommands, reasonOf } from './alert/sections/changes.ts';
import { evidenceLines, SEVERITY_WORDS } from './alert/sections/why.ts';
import { isOnlySeen } from './alert/verdict.ts';
import { type Paint, type Palette, PLAIN } from './palette.ts';

/** What a run found, did and left: the same of a decision in the demo and of a function's answer in the command line. */
export interface Rendered {
  readonly findings: readonly Finding[];
  readonly steps: readonly StepOutcome[];
  readonly withheld: readonly WithheldStep[];
}

export interface RenderOptions {
  readonly palette?: Palette;
  /** Adds the AWS CLI command that does each withheld step by hand. */
  readonly commands?: boolean;
  readonly region?: string;
  /** Leaves out evidence and detail: one line a finding and a step. */
  readonly brief?: boolean;
}

interface Look extends RenderOptions {
  readonly palette: Palette;
}

/** Findings, changes and withheld changes as lines for a terminal. */
export function renderPlan(rendered: Rendered, options: RenderOptions = {}): string {
  const look: Look = { ...options, palette: options.palette ?? PLAIN };
  const { findings, steps, withheld } = rendered;
  const would = withheld.filter(({ heldBy }) => isOnlySeen(heldBy));
  const held = withheld.filter(({ heldBy }) => !isOnlySeen(heldBy));
  const parts = [
    ...part(
      look,
      `Findings (${findings.length})`,
      findings.flatMap((finding) => findingLines(finding, look)),
    ),
    ...part(
      look,
      `Changes (${steps.length})`,
      steps.flatMap((step) => stepLines(step, look)),
    ),
    ...part(
      look,
      `Would change (${would.length})`,
      would.flatMap((step) => wouldLines(step, look)),
    ),
    ...part(
      look,
      `Withheld (${held.length})`,
      held.flatMap((step) => heldLines(step, look)),
    ),
  ];
  return parts.length === 0 ? 'Nothing found, nothing to change.' : parts.join('\n');
}

function part({ palette }: Look, title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [palette.bold(title), ...lines];
}

const SEVERITY_PAINTS: Readonly<Record<Severity, keyof Palette>> = {
  'must-fix': 'red',
  'should-fix': 'yellow',
  info: 'cyan',
};

function findingLines(finding: Finding, { palette, brief }: Look): readonly string[] {
  const { severity, title } = CATALOGUE[finding.code];
  const paint = palette[SEVERITY_PAINTS[severity]];
  const line = `  ${paint(SEVERITY_WORDS[severity].padEnd(10))}  ${title}  ${palette.dim(oneLine(finding.subject))}`;
  if (brief) return [line];
  return [line, ...evidenceLines(finding).map((evidence) => palette.dim(`              ${evidence}`))];
}

const SIGN_PAINTS: Readonly<Record<Sign, keyof Palette>> = { '+': 'green', '-': 'red', '~': 'yellow' };

function stepLines(step: StepOutcome, look: Look): readonly string[] {
  const made = 'made' in step ? step.made : {};
  const description = describeAction(step.step.action, { made });
  return [`${changeLine(description, look)}  ${cameOf(step, look.palette)}`, ...detailLines(description, look)];
}

function cameOf(step: StepOutcome, palette: Palette): string {
  switch (step.result) {
    case 'done':
      return palette.green('done');
    case 'already':
      return palette.dim('was there');
    case 'failed':
      return palette.red(`failed: ${oneLine(step.why, 400)}`);
    case 'not-reached':
      return palette.dim('not tried');
    case 'withheld':
      return palette.yellow(`withheld: ${oneLine(step.why, 400)}`);
  }
}

function wouldLines(step: WithheldStep, look: Look): readonly string[] {
  const description = describeAction(step.action, given(look));
  return [changeLine(description, look), ...detailLines(description, look), ...commandLines(description, look)];
}

function heldLines(step: WithheldStep, look: Look): readonly string[] {
  const { palette, region } = look;
  const description = describeAction(step.action, given(look));
  const owner = ownerCommands([step], region).map((command) => `      the owner runs: ${palette.cyan(command)}`);
  return [
    changeLine(description, look),
    `      ${palette.yellow(step.heldBy)}: ${reasonOf(step)}`,
    ...owner,
    ...commandLines(description, look),
  ];
}

function given({ region }: Look): { readonly region?: string } {
  return region === undefined ? {} : { region };
}

function changeLine(description: Description, { palette }: Look): string {
  const paint: Paint = palette[SIGN_PAINTS[description.sign]];
  return `  ${paint(visible(lineOf(description)))}`;
}

function detailLines({ detail }: Description, { palette, brief }: Look): readonly string[] {
  return brief ? [] : detail.map((line) => palette.dim(`      ${visible(line)}`));
}

function commandLines({ byHand }: Description, { palette, commands }: Look): readonly string[] {
  return commands ? [`      by hand: ${palette.cyan(visible(byHand))}`] : [];
}
