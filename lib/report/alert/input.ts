import type { Incident } from '../../domain/incident.ts';
import type { Outcome } from '../../domain/plan.ts';

/** Where an alert is sent from. */
export interface Place {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
}

export interface AlertInput {
  readonly keeper: string;
  readonly outcome: Outcome;
  readonly incident: Incident;
  readonly status: 'firing' | 'updated';
  readonly mode: 'off' | 'observe' | 'repair';
  readonly dryRun: boolean;
  readonly self: Place;
  readonly nowMs: number;
}

/** What is published: the mail's subject and text, the attributes for filter policies, and the same for chat. */
export interface AlertMessage {
  readonly subject: string;
  readonly text: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly chat: string;
}
