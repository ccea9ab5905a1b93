import type { Heard } from './scene.ts';
import type { Teller } from './stage-manager.ts';

/** What came of the events that Mountkeeper heard: plans and changes, or why it left them alone, and the alerts. */
export function tellHeard({ outcomes, quiet, subjects, calls }: Heard, teller: Teller): void {
  const told = outcomes.filter(
    ({ steps, withheld, decision }) => steps.length + withheld.length + decision.findings.length > 0,
  );
  for (const outcome of told) teller.shows(outcome);
  if (outcomes.length === 0) for (const why of quiet) teller.happens('Mountkeeper', why);
  else teller.happens('Mountkeeper', teller.palette.dim(`${calls} calls to AWS`));
  for (const subject of subjects) teller.happens('alert', teller.palette.cyan(subject));
}
