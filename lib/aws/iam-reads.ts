import type { AttachedPolicy } from '@aws-sdk/client-iam';
import { absent, type Fact, present, unknown } from '../domain/fact.ts';
import type { NamedPolicy, Role, RolePolicies } from '../domain/iam.ts';
import { parseArn, roleNameOf } from '../domain/ids.ts';
import type { IamReads } from '../verbs.ts';
import type { Border } from './border.ts';
import { decoded, toRole } from './from-iam.ts';
import { given } from './given.ts';
import { factOf, type Note } from './once.ts';
import { collect } from './pages.ts';

/** The largest page (IAM API reference, GetAccountAuthorizationDetails). */
const LARGEST_PAGE = 1_000;

export function createIamReads(border: Border): IamReads {
  const role = (arn: string) => border.once.read(`iam.role ${arn}`, () => readRole(border, arn));
  return {
    role,
    policies: (arn) =>
      border.once.read(`iam.policies ${arn}`, async () => {
        if (!isOwn(border, arn)) return role(arn) as Promise<Fact<never>>;
        const [found, policies] = await Promise.all([role(arn), policiesOf(border, roleNameOf(arn))]);
        if (found.state !== 'present') return found;
        const { boundaryArn } = found.value;
        return present({ ...policies, boundary: boundaryArn ? await managedPolicy(border, boundaryArn) : absent });
      }),
    everyRole: () => border.once.read('iam.everyRole', (note) => readEveryRole(border, note)),
    inlinePolicy: (roleName, policyName) => factOf(() => readInline(border, roleName, policyName)),
  };
}

function isOwn({ self }: Border, arn: string): boolean {
  return parseArn(arn)?.accountId === self.accountId;
}

async function readRole(border: Border, arn: string): Promise<Fact<Role>> {
  if (!isOwn(border, arn)) return unknown(`the role ${arn} belongs to another account`);
  const api = await border.clients.iam();
  const { Role: found } = await api.role({ RoleName: roleNameOf(arn) });
  return found === undefined ? absent : present(toRole(found));
}

/** Some thousand roles with all that they hold, in a few calls (IAM API reference, GetAccountAuthorizationDetails). */
async function readEveryRole(border: Border, note: Note): Promise<Fact<readonly Role[]>> {
  const api = await border.clients.iam();
  const pages = api.detailPages({ Filter: ['Role'], MaxItems: LARGEST_PAGE });
  const found = await collect(pages, (page) => page.RoleDetailList);
  const roles = await Promise.all(
    found.map(async (detail) => {
      const role = toRole(detail);
      const [attached, boundary] = await Promise.all([
        attachedOf(border, detail.AttachedManagedPolicies ?? []),
        role.boundaryArn === undefined ? absent : managedPolicy(border, role.boundaryArn),
      ]);
      const inline = (detail.RolePolicyList ?? []).map(({ PolicyName = '', PolicyDocument }) => ({
        name: PolicyName,
        document: present(decoded(PolicyDocument)),
      }));
      note(`iam.role ${role.arn}`, present(role));
      note(`iam.policies ${role.arn}`, present({ inline: present(inline), attached: present(attached), boundary }));
      return role;
    }),
  );
  return present(roles);
}

async function policiesOf(border: Border, name: string): Promise<Omit<RolePolicies, 'boundary'>> {
  const [inline, attached] = await Promise.all([
    factOf(async () => present(await inlinePolicies(border, name))),
    factOf(async () => present(await attachedPolicies(border, name))),
  ]);
  return { inline, attached };
}

async function inlinePolicies(border: Border, RoleName: string): Promise<NamedPolicy[]> {
  const api = await border.clients.iam();
  const names = await collect(api.inlinePolicyPages({ RoleName }), (page) => page.PolicyNames);
  return Promise.all(
    names.map(async (name) => ({ name, document: await factOf(() => readInline(border, RoleName, name)) })),
  );
}

async function readInline({ clients }: Border, RoleName: string, PolicyName: string): Promise<Fact<string>> {
  const api = await clients.iam();
  const { PolicyDocument } = await api.inlinePolicy({ RoleName, PolicyName });
  return PolicyDocument === undefined ? absent : present(decoded(PolicyDocument));
}

async function attachedPolicies(border: Border, RoleName: string): Promise<NamedPolicy[]> {
  const api = await border.clients.iam();
  return attachedOf(border, await collect(api.attachedPolicyPages({ RoleName }), (page) => page.AttachedPolicies));
}

function attachedOf(border: Border, found: readonly AttachedPolicy[]): Promise<NamedPolicy[]> {
  return Promise.all(
    found.map(async ({ PolicyName = '', PolicyArn }) => {
      const document = PolicyArn === undefined ? absent : await managedPolicy(border, PolicyArn);
      return given({ name: PolicyName, arn: PolicyArn, document });
    }),
  );
}

/** The text of the version in force. Many roles share a policy, so it is read once for all. */
function managedPolicy({ clients, once }: Border, PolicyArn: string): Promise<Fact<string>> {
  return once.read(`iam.policy ${PolicyArn}`, async () => {
    const api = await clients.iam();
    const { Policy } = await api.policy({ PolicyArn });
    const VersionId = Policy?.DefaultVersionId;
    if (VersionId === undefined) return absent;
    const { PolicyVersion } = await api.policyVersion({ PolicyArn, VersionId });
    return PolicyVersion?.Document === undefined ? absent : present(decoded(PolicyVersion.Document));
  });
}
