import { type BreakName, breakOf } from '../../lib/simulator/break-it.ts';
import type { EstateWishes } from '../../lib/simulator/estate/spec.ts';
import { type Look, look, lookAfter, scene } from './look.ts';

const KINDS = {
  'Fargate service': { kind: 'fargate', wishes: {} },
  'Fargate standalone': { kind: 'fargate', wishes: { standalone: true } },
  'EC2 awsvpc': { kind: 'ec2-awsvpc', wishes: { launch: 'EC2', networkMode: 'awsvpc' } },
  'EC2 bridge': { kind: 'ec2-bridge', wishes: { launch: 'EC2' } },
  'EC2 host': { kind: 'ec2-host', wishes: { launch: 'EC2', networkMode: 'host' } },
  'managed instances': { kind: 'managed-instances', wishes: { launch: 'MANAGED_INSTANCES' } },
} as const satisfies Readonly<Record<string, { readonly kind: string; readonly wishes: EstateWishes }>>;

/** What each break is to be called, and what may be done about it. */
const CAUSES: Readonly<Partial<Record<BreakName, readonly [code: string, step?: string]>>> = {
  'sg-ingress': ['security-group-ingress-missing', 'authorize-ingress'],
  'sg-egress': ['security-group-egress-missing', 'authorize-egress'],
  acl: ['network-acl-blocks'],
  'acl-replies': ['network-acl-blocks'],
  'no-mount-target': ['no-mount-target-in-zone'],
  'no-mount-targets': ['no-mount-target-in-vpc'],
  'mount-target-creating': ['mount-target-not-available'],
  'dns-off': ['vpc-dns-off'],
  'dns-host-names-off': ['vpc-dns-off'],
  'fs-missing': ['file-system-missing'],
  'ap-missing': ['access-point-missing'],
  'ap-other-fs': ['access-point-other-file-system'],
  'ap-creating': ['access-point-not-available'],
  'ap-no-directory': ['access-point-creates-no-directory'],
  'root-dir-with-ap': ['root-directory-with-access-point'],
  'tls-off': ['transit-encryption-off'],
  'iam-off': ['iam-authorization-off'],
  'no-task-role': ['task-role-missing'],
  'no-grant': ['grant-missing', 'put-role-policy'],
  'grant-on-ap-arn': ['grant-on-wrong-resource', 'put-role-policy'],
  'grant-on-execution-role': ['grant-on-execution-role', 'put-role-policy'],
  'policy-deny': ['policy-denies'],
  'no-client-write': ['write-not-allowed', 'put-role-policy'],
  'root-dir-not-found': ['root-directory-not-found'],
  'root-squash': ['root-squashed'],
  'posix-mismatch': ['application-permission-denied'],
  'copy-up-chown': ['copy-up-chown'],
  'agent-old': ['agent-too-old'],
  'credits-zero': ['burst-credits-empty'],
};

function codesOf({ diagnosis }: Look): readonly string[] {
  return diagnosis.findings.map(({ code }) => code);
}

function stepsOf({ repair }: Look): readonly string[] {
  return repair.steps.map(({ action }) => action.kind);
}

/** Other kinds differ only in whose interface mounts, and in their agent. */
const EVERYWHERE: readonly string[] = ['Fargate service', 'Fargate standalone', 'EC2 bridge'];
const ON_ALL: readonly string[] = [
  'sg-ingress',
  'sg-egress',
  'acl',
  'no-mount-target',
  'no-grant',
  'agent-old',
  'copy-up-chown',
];

const CASES = Object.entries(KINDS).flatMap(([title, { kind, wishes }]) =>
  Object.entries(CAUSES)
    .filter(([name]) => breakOf(name as BreakName).kinds.includes(kind))
    .filter(([name]) => EVERYWHERE.includes(title) || ON_ALL.includes(name))
    .map(([name, [code, step]]) => ({ title, name: name as BreakName, wishes, code, steps: step ? [step] : [] })),
);

test.each(CASES)('$title, $name: $code', async ({ name, wishes, code, steps }) => {
  const found = await lookAfter(scene(wishes), name);
  expect([codesOf(found)[0], found.diagnosis.explained, stepsOf(found)]).toEqual([code, true, steps]);
  expect(codesOf(found)).not.toContain('cause-not-found');
});

describe('a healthy estate', () => {
  test.each(Object.entries(KINDS))('%s has nothing to be told', async (_title, { wishes }) => {
    const found = await look(scene({ ...wishes }));
    expect(codesOf(found).filter((code) => code !== 'not-checked')).toEqual([]);
  });

  test('a service on Fargate has been looked at whole', async () => {
    const { diagnosis } = await look(scene());
    expect(diagnosis.notChecked).toEqual([]);
  });
});

describe('a repair is planned once', () => {
  test.each(['sg-ingress', 'sg-egress', 'no-grant', 'grant-on-ap-arn', 'no-client-write'] as const)(
    '%s',
    async (name) => {
      const set = scene();
      const { repair, facts } = await lookAfter(set, name);
      for (const { action } of repair.steps) {
        if (action.kind === 'put-role-policy') {
          await set.world.iam.putRolePolicy(action.roleName, action.policyName, action.document);
        } else if (action.kind === 'authorize-ingress' || action.kind === 'authorize-egress') {
          const ingress = action.kind === 'authorize-ingress';
          await set.world.ec2.authorize({
            direction: ingress ? 'ingress' : 'egress',
            groupId: action.groupId,
            peerGroupId: ingress ? action.sourceGroupId : action.targetGroupId,
            description: 'test',
            tags: {},
          });
        }
      }
      const again = await look(set, facts.task && facts.told ? { task: facts.task, told: facts.told } : {});
      expect([repair.steps.length, again.repair.steps, again.repair.withheld]).toEqual([1, [], []]);
    },
  );
});
