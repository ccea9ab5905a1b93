import { decideAction, type ParsedPolicies } from './decide.ts';
import { parsePolicy } from './parse-policy.ts';
import { enforcedContext, everyKeyContext } from './request-context.ts';
import type { ActionDecision, ClientAccess, ClientAccessInput, ClientAction } from './types.ts';

/**
 * What a client may do on a file system. EFS user guide, "Using IAM to control access to file systems"; IAM user guide,
 * "Policy evaluation logic".
 */
export function evaluateClientAccess(input: ClientAccessInput): ClientAccess {
  const policies = parsePolicies(input);
  const of = (action: ClientAction) => decideTwice(action, { input, policies });
  return {
    'elasticfilesystem:ClientMount': of('elasticfilesystem:ClientMount'),
    'elasticfilesystem:ClientWrite': of('elasticfilesystem:ClientWrite'),
    'elasticfilesystem:ClientRootAccess': of('elasticfilesystem:ClientRootAccess'),
  };
}

/** An anonymous client has no identity policies, whatever the role of its task may have. */
export function parsePolicies({ request, identity, boundary, fileSystemPolicy }: ClientAccessInput): ParsedPolicies {
  const anonymous = request.principal.kind === 'anonymous';
  return {
    identity: anonymous ? [] : identity.map((each) => parsePolicy(each, 'identity')),
    boundary: anonymous || boundary === undefined ? undefined : parsePolicy(boundary, 'boundary'),
    fileSystem: fileSystemPolicy.state === 'absent' ? 'default' : parsePolicy(fileSystemPolicy, 'file-system'),
  };
}

interface Case {
  readonly input: ClientAccessInput;
  readonly policies: ParsedPolicies;
}

function decideTwice(action: ClientAction, { input, policies }: Case): ActionDecision {
  const { request } = input;
  const first = decideAction({ action, request, policies, lookup: enforcedContext(request) });
  if (first.decision !== 'unknown') return { ...first, ifEveryKeyCounts: first.decision };
  const second = decideAction({ action, request, policies, lookup: everyKeyContext(request) });
  return { ...first, ifEveryKeyCounts: second.decision };
}
