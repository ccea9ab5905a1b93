import type { Severity } from '../../domain/finding.ts';
import { visible } from './safe-text.ts';
import type { OutcomeWord } from './verdict.ts';

export const CONTRACT_VERSION = '1';

export interface Told {
  readonly keeper: string;
  readonly status: 'firing' | 'updated' | 'resolved';
  readonly severity: Severity;
  readonly outcome: OutcomeWord;
  /** The first finding. */
  readonly finding: string | undefined;
  readonly family: string | undefined;
  readonly fileSystem: string | undefined;
}

/** For the filter policies of subscribers: a versioned contract. SNS refuses an empty String, so what is empty is left out. */
export function attributesOf({ keeper, status, severity, outcome, finding, family, fileSystem }: Told) {
  const all = { version: CONTRACT_VERSION, severity, status, keeper, finding, outcome, family, fileSystem };
  const given = Object.entries(all).map(([name, value]) => [name, visible(value ?? '').slice(0, 256)] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== ''));
}
