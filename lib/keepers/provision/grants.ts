import type { MountFacts, VolumeFacts } from '../../diagnosis/mount-facts.ts';
import type { Hold } from '../../diagnosis/repairs/draft.ts';
import { documentFor, existingGrant } from '../../diagnosis/repairs/grant-text.ts';
import { ownerHold } from '../../diagnosis/repairs/owner-holds.ts';
import { pointHold } from '../../diagnosis/repairs/point-holds.ts';
import { roleHold } from '../../diagnosis/repairs/role-holds.ts';
import { sharedRoleHold } from '../../diagnosis/repairs/shared-role.ts';
import type { PutRolePolicy } from '../../domain/action.ts';
import { mapFact, seen } from '../../domain/fact.ts';
import type { Finding, FindingCode } from '../../domain/finding.ts';
import { roleNameOf } from '../../domain/ids.ts';
import type { Keyring, Step, WithheldStep } from '../../domain/plan.ts';
import { samePolicy } from '../../plan/grant/canonical-policy.ts';
import { fitsRole } from '../../plan/grant/fits-role.ts';
import { grantPolicyName } from '../../plan/grant/grant-document.ts';

export interface Granting {
  readonly mount: MountFacts;
  readonly found: readonly Finding[];
}

export interface Grants {
  readonly steps: readonly Step[];
  readonly withheld: readonly WithheldStep[];
  readonly findings: readonly Finding[];
  readonly keyring: Keyring;
}

const NONE: Grants = { steps: [], withheld: [], findings: [], keyring: {} };
const ASKING: readonly FindingCode[] = ['grant-missing', 'grant-on-wrong-resource', 'write-not-allowed'];
/** From here on the next families are told to use a role of their own. */
const FEW_MORE = 10;

/**
 * The grant for every access point of the family, one inline policy a file system: also where no file-system policy
 * asks for it yet, so that one can be put without locking the family out.
 */
export function grantsFor(granting: Granting): Grants {
  const { mount, found } = granting;
  const { taskDefinition, role, roleArn } = mount;
  if (mount.volumes.length === 0) return NONE;
  if (taskDefinition.taskRoleArn === undefined || roleArn === undefined) return withoutRole(mount, found);
  const byFileSystem = Map.groupBy(mount.volumes, ({ efs }) => efs.fileSystemId);
  const each = [...byFileSystem.values()].map((volumes) => grantOn(granting, volumes));
  return {
    steps: each.flatMap(({ steps }) => steps),
    withheld: each.flatMap(({ withheld }) => withheld),
    findings: [...each.flatMap(({ findings }) => findings), ...roleFindings(mount)],
    keyring: role ? { [roleArn]: mapFact(role, ({ tags }) => tags) } : {},
  };
}

/** ECS API reference, EFSAuthorizationConfig: `iam` mounts with the task role, so without one it stays off. */
function withoutRole({ taskDefinition }: MountFacts, found: readonly Finding[]): Grants {
  if (found.some(({ code }) => code === 'task-role-missing')) return NONE;
  const add =
    'Set taskRoleArn to a role that trusts ecs-tasks.amazonaws.com; until then the volume is mounted without IAM.';
  return { ...NONE, findings: [{ code: 'task-role-missing', subject: taskDefinition.arn, evidence: { add } }] };
}

type OnOne = Omit<Grants, 'keyring'>;

function grantOn(granting: Granting, volumes: readonly VolumeFacts[]): OnOne {
  const { mount } = granting;
  const [volume] = volumes;
  const existing = volume && existingGrant(mount, volume.efs.fileSystemId);
  if (!volume || !existing) return NONE;
  const built = existing.hold ? { hold: existing.hold } : documentFor(mount, volumes, existing);
  const document = 'document' in built ? built.document : undefined;
  if (document !== undefined && existing.text !== undefined && samePolicy(existing.text, document)) return NONE;
  const action = actionFor(mount, volume, { document, previous: existing.text });
  const asking = ASKING.filter((code) => granting.found.some((one) => one.code === code));
  const ahead: Finding = { code: 'grant-ahead', subject: action.roleArn, evidence: { policy: action.policyName } };
  const step: Step = { action, because: asking.length > 0 ? asking : ['grant-ahead'] };
  const findings = asking.length > 0 ? [] : [ahead];
  const foreign = volumes.map((one) => pointHold(mount, one)).find((one) => one !== undefined);
  const held = ownerHold(mount, volume, { enrolled: true }) ?? foreign ?? guardOf(granting, volume) ?? built.hold;
  if (held) return { steps: [], withheld: [{ ...step, ...held }], findings };
  return { steps: [step], withheld: [], findings: [...findings, ...nearlyFull(action, existing.otherCharacters)] };
}

function guardOf(granting: Granting, volume: VolumeFacts): Hold | undefined {
  return roleHold(granting.mount) ?? sharedRoleHold(granting.mount, volume);
}

function actionFor(
  { roleArn = '', taskDefinition }: MountFacts,
  { efs }: VolumeFacts,
  text: { readonly document: string | undefined; readonly previous: string | undefined },
): PutRolePolicy {
  return {
    kind: 'put-role-policy',
    roleName: roleNameOf(roleArn),
    roleArn,
    policyName: grantPolicyName(efs.fileSystemId),
    document: text.document ?? text.previous ?? NO_DOCUMENT,
    previous: text.previous ?? null,
    family: taskDefinition.family,
    fileSystemId: efs.fileSystemId,
  };
}

/** Stands in a withheld step for the document that was not built. */
const NO_DOCUMENT = '{"Version":"2012-10-17","Statement":[]}';

function nearlyFull({ document, roleArn }: PutRolePolicy, otherInlineCharacters: number): readonly Finding[] {
  const room = fitsRole({ otherInlineCharacters, document: JSON.parse(document) });
  if (room.moreAccessPoints >= FEW_MORE) return [];
  const evidence = {
    characters: `${room.characters} of ${room.limit}`,
    moreAccessPoints: String(room.moreAccessPoints),
  };
  return [{ code: 'role-nearly-full', subject: roleArn, evidence }];
}

const OPEN_POLICY = /\/AmazonElasticFileSystemClient(?:ReadOnly|ReadWrite|Full)/;

function roleFindings(mount: MountFacts): readonly Finding[] {
  const { roleFamilies = [] } = mount;
  const subject = mount.roleArn ?? '';
  const shared: readonly Finding[] =
    roleFamilies.length === 0 ? [] : [{ code: 'role-shared', subject, evidence: { families: roleFamilies.join(' ') } }];
  const attached = seen(seen(mount.rolePolicies ?? { state: 'absent' })?.attached ?? { state: 'absent' }) ?? [];
  const open = attached.filter(({ arn = '' }) => OPEN_POLICY.test(arn)).map(({ arn = '' }) => arn);
  return [
    ...shared,
    ...open.map((arn): Finding => ({ code: 'role-over-granted', subject, evidence: { policy: arn } })),
  ];
}
