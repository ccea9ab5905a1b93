import { absent, type Fact, present, unknown } from '../domain/fact.ts';
import type { NamedPolicy, Role, RolePolicies } from '../domain/iam.ts';
import { parseArn, roleNameOf } from '../domain/ids.ts';
import type { IamReads } from '../verbs.ts';
import type { Border } from './border.ts';
import { decoded, toRole } from './from-iam.ts';
import { given } from './given.ts';
import { factOf } from './once.ts';
import { collect } from './pages.ts';

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
  const found = await collect(api.attachedPolicyPages({ RoleName }), (page) => page.AttachedPolicies);
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
