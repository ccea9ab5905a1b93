import type { FailureKind } from '../failure-kinds.ts';
import type { CauseRule, Speaker } from './cause-rule.ts';
import type { Evidence } from './evidence.ts';
import { type Folded, squash } from './normalize.ts';
import type { MountMessage } from './server.ts';
import type { Certainty, Reason } from './types.ts';

/**
 * Is it EFS at all? A false yes sends people to the wrong file system, so each kind of speaker needs its own proof.
 * Undefined: not believed.
 */
export function believes(rule: CauseRule, evidence: Evidence): Certainty | undefined {
  return PROOFS[rule.speaker](rule, evidence);
}

/** What rules a text out before any cause is read. */
export function ruledOut(evidence: Evidence): Certainty | undefined {
  if (hasEfs(evidence.reason) === false) return 'context';
  if (evidence.stranger) return 'text';
  if (evidence.message.server === 'loopback-relative' && !isOnlyEfs(evidence.reason)) return 'guess';
  return isCallersText(evidence.reason) ? 'context' : undefined;
}

type Proof = (rule: CauseRule, evidence: Evidence) => Certainty | undefined;

const PROOFS: Readonly<Record<Speaker, Proof>> = { own: own, nfs: nfs, disk: disk, agent: agent };

function own(_rule: CauseRule, evidence: Evidence): Certainty | undefined {
  if (evidence.wrapper || evidence.efsHost) return sharedWithS3Files(evidence) ? 'guess' : 'text';
  return evidence.reason.field === 'appLog' ? undefined : 'text';
}

function nfs(rule: CauseRule, evidence: Evidence): Certainty | undefined {
  const { message, reason } = evidence;
  if (evidence.wrapper) return sharedWithS3Files(evidence) ? 'guess' : 'text';
  if (evidence.otherStage) return undefined;
  if (message.program === 'none') return helperWithoutProgram(rule, evidence);
  if (message.server === 'efs' || evidence.efsHost) return 'text';
  if (evidence.fileSystem && message.server !== 'other') return 'text';
  if (hasEfs(reason)) return message.server === 'other' ? undefined : 'context';
  return reason.field !== 'appLog' && isTypicalOfEfs(message, rule.kind) ? 'guess' : undefined;
}

function disk(_rule: CauseRule, evidence: Evidence): Certainty | undefined {
  const { reason, folded } = evidence;
  if (evidence.wrapper || evidence.otherStage || evidence.message.program !== 'none') return undefined;
  if (folded.squashed.includes(LOCAL_VOLUME)) return undefined;
  if (folded.squashed.includes(HOST_PATH)) return 'text';
  if (reason.field === 'serviceEvent' || namesSystemPath(folded)) return undefined;
  if (hasEfs(reason)) return 'context';
  return reason.field === 'appLog' && (EFS_PATH.test(folded.squashed) || evidence.efsHost) ? 'guess' : undefined;
}

function agent(_rule: CauseRule, evidence: Evidence): Certainty | undefined {
  if (hasEfs(evidence.reason) !== true) return undefined;
  return evidence.reason.volumes?.length === 1 ? 'context' : 'guess';
}

/** Without a wrapper, a host name and a task definition: which messages of an NFS client are those of EFS mounts. */
const WITHOUT_SERVER = ['network-timeout', 'connection-reset', 'connection-refused', 'mount-unknown'] as const;
const TYPICAL: readonly (MountMessage & { readonly kinds: readonly FailureKind[] | 'all' })[] = [
  // Only messages whose whole form names no server: a refusal without one is the beginning of anybody's.
  { program: 'nfs4', server: 'none', kinds: WITHOUT_SERVER },
  { program: 'nfs4', server: 'loopback-root', kinds: 'all' },
  { program: 'nfs4', server: 'loopback-path', kinds: ['root-directory-not-found'] },
  { program: 'nfs', server: 'none', kinds: ['network-timeout'] },
  { program: 'mount', server: 'address-root', kinds: ['agent-capability'] },
];

function isTypicalOfEfs(message: MountMessage, kind: FailureKind): boolean {
  return TYPICAL.some(
    ({ program, server, kinds }) =>
      program === message.program && server === message.server && (kinds === 'all' || kinds.includes(kind)),
  );
}

/** The mount helper looks up names and metadata itself, before any mount program speaks. */
function helperWithoutProgram(rule: CauseRule, { efsHost, reason }: Evidence): Certainty | undefined {
  if (rule.kind === 'dns-resolution' && efsHost && reason.field !== 'appLog') return 'text';
  return rule.kind === 'helper-metadata' && reason.field === 'mountHelperStderr' ? 'guess' : undefined;
}

/** The mount helper and the volume plugin serve S3 Files too, in the same words. */
function sharedWithS3Files({ efsHost, reason }: Evidence): boolean {
  return !efsHost && (reason.volumes?.includes('s3files') ?? false);
}

/** Docker's own volume driver, which serves no EFS volume of ECS. */
const LOCAL_VOLUME = squash('failed to mount local volume');
/** Where the volume plugin mounts on EC2 hosts. */
const HOST_PATH = '/var/lib/ecs/volumes/';
const SYSTEM_PATH = /(?:^|[\s'"=:()])\/(?:dev|proc|sys|run|var\/run|etc|tmp|root|bin|sbin|usr)(?:\/|['"\s:)]|$)/i;

/** Paths where nobody mounts a volume. In both views, because a line may break inside the path. */
function namesSystemPath({ readable, squashed }: Folded): boolean {
  return SYSTEM_PATH.test(readable) || SYSTEM_PATH.test(squashed);
}

const EFS_PATH = /\/(?:efs|efs-vols)\//;

function isOnlyEfs({ volumes = [] }: Reason): boolean {
  return volumes.includes('efs') && !volumes.includes('s3files');
}

/** Undefined: the volumes are not known. */
export function hasEfs(reason: Reason): boolean | undefined {
  return reason.volumes?.includes('efs');
}

/** With these stop codes the task was stopped by somebody, and `stoppedReason` is that caller's own text. */
const STOPPED_BY_SOMEBODY = new Set([
  'UserInitiated',
  'ServiceSchedulerInitiated',
  'SpotInterruption',
  'TerminationNotice',
]);

function isCallersText({ stopCode, field }: Reason): boolean {
  return (field ?? 'stoppedReason') === 'stoppedReason' && STOPPED_BY_SOMEBODY.has(stopCode ?? '');
}
