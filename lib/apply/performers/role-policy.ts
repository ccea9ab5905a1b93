import type { DeleteRolePolicy, PutRolePolicy } from '../../domain/action.ts';
import { assertGrant } from '../../plan/grant/assert-grant.ts';
import { canonicalPolicy } from '../../plan/grant/canonical-policy.ts';
import { Refusal } from '../../refusal.ts';
import type { Act, Performed } from '../perform.ts';

const LEASE_MS = 30_000;
/** Longer than a lease, so that a run that died holding it does not make this one fail. */
const TRIES = 80;
const PAUSE_MS = 500;

/** Reads, compares and writes under the lease of the role: two families may share it, and a put replaces everything. */
export async function putRolePolicy(action: PutRolePolicy, act: Act): Promise<Performed> {
  assertGrant(JSON.parse(action.document));
  return withRole(action, act, async (current) => {
    if (current !== null && canonicalPolicy(current) === canonicalPolicy(action.document))
      return { existed: true, made: {} };
    mustBe(current, action.previous, action);
    await act.world.iam.putRolePolicy(action.roleName, action.policyName, action.document);
    return { existed: false, made: {} };
  });
}

export async function deleteRolePolicy(action: DeleteRolePolicy, act: Act): Promise<Performed> {
  return withRole(action, act, async (current) => {
    if (current === null) return { existed: true, made: {} };
    mustBe(current, action.previous, action);
    const { existed } = await act.world.iam.deleteRolePolicy(action.roleName, action.policyName);
    return { existed: !existed, made: {} };
  });
}

type RolePolicyAction = Pick<PutRolePolicy, 'roleName' | 'roleArn' | 'policyName'>;

async function withRole(
  action: RolePolicyAction,
  { world, changeId }: Act,
  write: (current: string | null) => Promise<Performed>,
): Promise<Performed> {
  const key = leaseOfRole(action);
  try {
    const current = await world.iam.inlinePolicy(action.roleName, action.policyName);
    if (current.state === 'unknown')
      throw new Refusal('permanent', 'NotChecked', {
        message: `The policy ${action.policyName} of ${action.roleName} could not be read (${current.why}), so it was not replaced.`,
      });
    const performed = await write(current.state === 'present' ? current.value : null);
    return { ...performed, closing: world.ledger.release(key, changeId) };
  } catch (error) {
    await world.ledger.release(key, changeId);
    throw error;
  }
}

export function leaseOfRole({ roleArn }: Pick<RolePolicyAction, 'roleArn'>): string {
  return `role ${roleArn}`;
}

/** Before the performer is called, which gives the lease back. Throws a `Refusal` where another run keeps it too long. */
export async function leaseRole(action: Pick<RolePolicyAction, 'roleArn'>, { world, changeId }: Act): Promise<void> {
  const key = leaseOfRole(action);
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const lease = await world.ledger.lease(key, { holder: changeId, nowMs: world.nowMs(), ttlMs: LEASE_MS });
    if (lease.granted) return;
    await world.pause(PAUSE_MS);
  }
  throw new Refusal('transient', 'Busy', { message: `Another run is changing ${key}.` });
}

/** What the plan saw must still be there: somebody else's change in between is not overwritten. */
function mustBe(current: string | null, planned: string | null, action: RolePolicyAction): void {
  const same =
    current === null || planned === null ? current === planned : canonicalPolicy(current) === canonicalPolicy(planned);
  if (same) return;
  throw new Refusal('conflict', 'ChangedSince', {
    message: `The policy ${action.policyName} of ${action.roleName} changed since the plan was made; the next run plans anew.`,
  });
}
