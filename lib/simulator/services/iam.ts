import type { Handlers } from '../account.ts';
import { managedPolicyHandlers } from './iam-managed.ts';
import { rolePolicyHandlers } from './iam-role-policies.ts';
import { roleHandlers } from './iam-roles.ts';

export const iamHandlers: Handlers = {
  ...roleHandlers,
  ...rolePolicyHandlers,
  ...managedPolicyHandlers,
};
