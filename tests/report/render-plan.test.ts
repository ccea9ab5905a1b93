import { ANSI } from '../../lib/report/palette.ts';
import { renderPlan } from '../../lib/report/render-plan.ts';
import { expectGolden } from '../golden.ts';
import { ACTIONS } from '../plan/sample-actions.ts';
import { done, GRANT, INGRESS_MISSING, NO_POLICY, OPEN_INGRESS, RESTART, withheldBy } from './samples.ts';

const run = {
  findings: [INGRESS_MISSING, NO_POLICY],
  steps: [
    done(OPEN_INGRESS),
    { step: GRANT, changeId: 'x', result: 'failed', why: 'AccessDenied: no\u001b[2J', permanent: true } as const,
  ],
  withheld: [
    ...withheldBy([RESTART]),
    ...withheldBy([{ action: ACTIONS['create-access-point'], because: [] }], { dryRun: true }),
  ],
};

test('a run reads as findings, changes, what would change and what was withheld', () => {
  const pages = [
    renderPlan(run),
    renderPlan(run, { brief: true }),
    renderPlan(run, { brief: true, commands: true, region: 'eu-west-1' }),
  ];
  expectGolden('render-plan.txt', `${pages.join('\n----\n')}\n`);
});

test('colours are the palette given, and nothing but colours differs', () => {
  const coloured = renderPlan(run, { palette: ANSI });
  expect(coloured).toContain(ANSI.red('must fix  '));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours are what is taken out
  expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(renderPlan(run));
});

test('texts of others cannot move the cursor', () => {
  expect(renderPlan(run)).not.toContain('\u001b');
});

test('an empty run says so', () => {
  expect(renderPlan({ findings: [], steps: [], withheld: [] })).toBe('Nothing found, nothing to change.');
});
