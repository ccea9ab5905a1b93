import type { EstateWishes } from '../../lib/simulator/estate/spec.ts';

/** A family that has nothing yet: no access point, no IAM authorization, no service. */
export const BARE = {
  accessPoint: false,
  iam: false,
  tls: false,
  standalone: true,
} as const satisfies EstateWishes;
