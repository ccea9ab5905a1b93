import type { Action } from '../../../domain/action.ts';
import type { Subject } from '../../../domain/plan.ts';
import { linksFor } from '../console-links.ts';
import type { Place } from '../input.ts';
import { oneLine } from '../safe-text.ts';
import { aligned } from './what-happened.ts';

export interface Whereabouts {
  readonly self: Place;
  readonly subject: Subject;
  readonly actions: readonly Action[];
  readonly incident: string;
  readonly keeper: string;
  readonly mode?: string;
}

export function where({ self, subject, actions, incident, keeper, mode }: Whereabouts): readonly string[] {
  return aligned([
    ['Account', `${oneLine(self.accountId)}, Region ${oneLine(self.region)}`],
    ['Incident', oneLine(incident)],
    ['Told by', `Mountkeeper, keeper ${oneLine(keeper)}${mode === undefined ? '' : `, mode ${mode}`}`],
    ...linksFor(self, { subject, actions }).map(({ of, url }) => [of, url] as const),
  ]);
}
