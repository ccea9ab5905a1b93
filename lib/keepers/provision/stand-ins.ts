import type { Finding } from '../../domain/finding.ts';
import type { Plan } from '../../domain/plan.ts';
import type { Resolved } from './resolve.ts';

type Planned = { readonly plan: Plan; readonly findings: readonly Finding[] };

/**
 * The rules and repairs judge the family with stand-ins for access points that do not exist yet. In the plan each
 * becomes the place that the walk fills with what EFS gave.
 */
export function withoutStandIns(planned: Planned, resolved: readonly Resolved[]): Planned {
  const standIns = resolved.flatMap(({ creates, point, wish }) =>
    creates && point ? [{ point, volume: wish.name }] : [],
  );
  if (standIns.length === 0) return planned;
  const replaced = standIns.reduce(
    (text, { point, volume }) =>
      text
        .replaceAll(point.arn, `\${access-point:${volume}:arn}`)
        .replaceAll(point.id, `\${access-point:${volume}:id}`),
    JSON.stringify(planned),
  );
  return JSON.parse(replaced) as Planned;
}
