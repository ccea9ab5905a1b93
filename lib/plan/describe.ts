import type { Action } from '../domain/action.ts';
import { describeCreateAccessPoint, describeDeleteAccessPoint } from './describe/access-point.ts';
import { lookUp, type Table } from './describe/by-kind.ts';
import type { Description } from './describe/description.ts';
import { describePublish } from './describe/published-volume.ts';
import { describeRegister } from './describe/revision.ts';
import { describeDeletePolicy, describePutPolicy } from './describe/role-policy.ts';
import { describeEgress, describeIngress, describeRevoke } from './describe/security-group-rules.ts';
import { describeUpdateService } from './describe/service.ts';
import type { Given } from './describe/shell.ts';
import { describeThroughput } from './describe/throughput.ts';

const DESCRIPTIONS: Table<Given, Description> = {
  'authorize-ingress': describeIngress,
  'authorize-egress': describeEgress,
  'revoke-rule': describeRevoke,
  'put-role-policy': describePutPolicy,
  'delete-role-policy': describeDeletePolicy,
  'create-access-point': describeCreateAccessPoint,
  'delete-access-point': describeDeleteAccessPoint,
  'register-revision': describeRegister,
  'update-service': describeUpdateService,
  'publish-volume': describePublish,
  'update-throughput': describeThroughput,
};

/** A change in words and commands. With the ids that AWS gave (`made`) the commands name them. */
export function describeAction(action: Action, given: Given = {}): Description {
  return lookUp(DESCRIPTIONS, action, given);
}
