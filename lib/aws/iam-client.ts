import {
  DeleteRolePolicyCommand,
  type DeleteRolePolicyCommandInput,
  type GetAccountAuthorizationDetailsCommandInput,
  GetPolicyCommand,
  type GetPolicyCommandInput,
  GetPolicyVersionCommand,
  type GetPolicyVersionCommandInput,
  GetRoleCommand,
  type GetRoleCommandInput,
  GetRolePolicyCommand,
  type GetRolePolicyCommandInput,
  IAMClient,
  type ListAttachedRolePoliciesCommandInput,
  type ListRolePoliciesCommandInput,
  PutRolePolicyCommand,
  type PutRolePolicyCommandInput,
  paginateGetAccountAuthorizationDetails,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
  TagRoleCommand,
  type TagRoleCommandInput,
} from '@aws-sdk/client-iam';
import type { Setup } from './setup.ts';

export type IamApi = ReturnType<typeof createIam>;

export function createIam(setup: Setup) {
  const client = setup(IAMClient);
  return {
    role: (input: GetRoleCommandInput) => client.send(new GetRoleCommand(input)),
    inlinePolicy: (input: GetRolePolicyCommandInput) => client.send(new GetRolePolicyCommand(input)),
    policy: (input: GetPolicyCommandInput) => client.send(new GetPolicyCommand(input)),
    policyVersion: (input: GetPolicyVersionCommandInput) => client.send(new GetPolicyVersionCommand(input)),
    detailPages: (input: GetAccountAuthorizationDetailsCommandInput) =>
      paginateGetAccountAuthorizationDetails({ client }, input),
    inlinePolicyPages: (input: ListRolePoliciesCommandInput) => paginateListRolePolicies({ client }, input),
    attachedPolicyPages: (input: ListAttachedRolePoliciesCommandInput) =>
      paginateListAttachedRolePolicies({ client }, input),
    tag: (input: TagRoleCommandInput) => client.send(new TagRoleCommand(input)),
    putInlinePolicy: (input: PutRolePolicyCommandInput) => client.send(new PutRolePolicyCommand(input)),
    deleteInlinePolicy: (input: DeleteRolePolicyCommandInput) => client.send(new DeleteRolePolicyCommand(input)),
  };
}
