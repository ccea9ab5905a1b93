import type { Finding } from '../domain/finding.ts';

/** One text for equal findings. The volume's name is left out: the thing in trouble is the same for all its volumes. */
export function canonical({ code, subject, evidence }: Finding): string {
  const rest = Object.entries(evidence).filter(([key]) => key !== 'volume');
  return JSON.stringify([code, subject, rest.toSorted(([one], [other]) => (one < other ? -1 : 1))]);
}
