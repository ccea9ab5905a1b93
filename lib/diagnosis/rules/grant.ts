import type { Finding, FindingCode } from '../../domain/finding.ts';
import { accessOf, clientOf, type Mounter } from '../client-access.ts';
import type { MountFacts, VolumeFacts } from '../mount-facts.ts';
import type { ActionDecision, ClientAccess, ClientAction } from '../policy/types.ts';
import { type Evidence, finding, notChecked } from '../rule.ts';
import { doubtsText, missesText, refsText } from './access-words.ts';
import { mayBeRoot, mountsWritable } from './identity.ts';

const MOUNT = 'elasticfilesystem:ClientMount';
const WRITE = 'elasticfilesystem:ClientWrite';
const ROOT = 'elasticfilesystem:ClientRootAccess';

/** What the client that the task definition asks for may do, as if transit encryption were as it should be. */
export function volumeAccess(facts: Mounter, volume: VolumeFacts): ClientAccess | undefined {
  const client = clientOf(facts, volume);
  return client && accessOf(facts, volume, { client, secureTransport: true });
}

/** Whether the client may mount at all. Anonymous clients that nobody admits are another rule's business. */
export function judgeGrant(facts: MountFacts, volume: VolumeFacts): readonly Finding[] {
  const mount = volumeAccess(facts, volume)?.[MOUNT];
  if (!mount || mount.decision === 'allowed') return [];
  const doubt = doubtful(mount, 'policies');
  if (doubt) return [doubt];
  if (mount.decision === 'denied-explicit') return [denied(facts, volume, MOUNT, mount)];
  if (!volume.efs.iam) return [];
  const evidence = { ...evidenceOf(volume, MOUNT), nearestAllows: missesText(mount) };
  return [...onExecutionRole(facts, volume), finding(missingCode(mount), facts.roleArn ?? volume.name, evidence)];
}

/** An Allow that names the access point as its resource matches nothing: EFS asks for the file system. */
function missingCode({ misses }: ActionDecision): FindingCode {
  const wrong = misses.some(({ kind, failed, detail }) => {
    return kind === 'identity' && failed === 'resource' && detail.includes(':access-point/');
  });
  return wrong ? 'grant-on-wrong-resource' : 'grant-missing';
}

function onExecutionRole(facts: MountFacts, volume: VolumeFacts): readonly Finding[] {
  const arn = facts.taskDefinition.executionRoleArn;
  const policies = facts.executionRolePolicies;
  if (arn === undefined || arn === facts.roleArn || policies === undefined) return [];
  if (policies.state === 'unknown') return [notChecked('grant on the execution role', policies.why)];
  const access = accessOf(facts, volume, { client: { arn, policies }, secureTransport: true });
  if (access?.[MOUNT].decision !== 'allowed') return [];
  return [finding('grant-on-execution-role', arn, { ...evidenceOf(volume, MOUNT), by: refsText(access[MOUNT].by) })];
}

/** A client that may mount but not write gets a read-only mount. */
export function judgeWrite(facts: MountFacts, volume: VolumeFacts): readonly Finding[] {
  const access = volumeAccess(facts, volume);
  if (!mountsWritable(volume) || access?.[MOUNT].decision !== 'allowed') return [];
  return lacking(facts, volume, { code: 'write-not-allowed', action: WRITE, decision: access[WRITE] });
}

/** Without ClientRootAccess the server takes uid 0 for nobody ("root squash"). */
export function judgeRoot(facts: MountFacts, volume: VolumeFacts): readonly Finding[] {
  const access = volumeAccess(facts, volume);
  if (!mayBeRoot(facts, volume) || access?.[MOUNT].decision !== 'allowed') return [];
  return lacking(facts, volume, { code: 'root-squashed', action: ROOT, decision: access[ROOT] });
}

interface Lack {
  readonly code: FindingCode;
  readonly action: ClientAction;
  readonly decision: ActionDecision;
}

function lacking(facts: MountFacts, volume: VolumeFacts, { code, action, decision }: Lack): readonly Finding[] {
  if (decision.decision === 'allowed') return [];
  const doubt = doubtful(decision, `policies for ${action}`);
  if (doubt) return [doubt];
  if (decision.decision === 'denied-explicit' && code !== 'root-squashed') {
    return [denied(facts, volume, action, decision)];
  }
  const evidence = { ...evidenceOf(volume, action), nearestAllows: missesText(decision) };
  return [finding(code, subjectOf(facts, volume), evidence)];
}

function denied(facts: MountFacts, volume: VolumeFacts, action: ClientAction, { by }: ActionDecision): Finding {
  return finding('policy-denies', subjectOf(facts, volume), { ...evidenceOf(volume, action), by: refsText(by) });
}

function doubtful(decision: ActionDecision, what: string): Finding | undefined {
  return decision.decision === 'unknown' ? notChecked(what, doubtsText(decision)) : undefined;
}

function subjectOf(facts: MountFacts, { efs }: VolumeFacts): string {
  return efs.iam && facts.roleArn ? facts.roleArn : efs.fileSystemId;
}

function evidenceOf({ efs, name }: VolumeFacts, action: ClientAction): Evidence {
  const { accessPointId, fileSystemId } = efs;
  return { volume: name, fileSystem: fileSystemId, action, ...(accessPointId && { accessPoint: accessPointId }) };
}
