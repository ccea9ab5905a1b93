import { absent, present } from '../domain/fact.ts';
import type { Ec2Reads } from '../verbs.ts';
import { createBatch } from './batch.ts';
import type { Border } from './border.ts';
import { filter, VALUES } from './ec2-filters.ts';
import { interfaceReads } from './ec2-interfaces.ts';
import { toAcl, toGroup, toRule, toSubnet } from './from-ec2.ts';
import { collect } from './pages.ts';

const LARGEST_PAGE = 1_000;

export function createEc2Reads(border: Border): Ec2Reads {
  return {
    ...groupReads(border),
    ...subnetReads(border),
    ...vpcReads(border),
    ...interfaceReads(border),
    ...prefixListReads(border),
  };
}

function groupReads({ clients, once }: Border): Pick<Ec2Reads, 'group' | 'defaultGroup' | 'rules'> {
  const groups = createBatch({
    size: VALUES,
    load: async (ids) => {
      const api = await clients.ec2();
      const found = await collect(api.groupPages(filter('group-id', ids)), (page) => page.SecurityGroups);
      return new Map(found.map((group) => [group.GroupId ?? '', toGroup(group)]));
    },
  });
  return {
    group: (id) => once.read(`ec2.group ${id}`, () => groups(id)),
    defaultGroup: (vpcId) =>
      once.read(`ec2.defaultGroup ${vpcId}`, async () => {
        const api = await clients.ec2();
        const Filters = [...filter('vpc-id', [vpcId]).Filters, ...filter('group-name', ['default']).Filters];
        const [found] = await collect(api.groupPages({ Filters }), (page) => page.SecurityGroups);
        return found === undefined ? absent : present(toGroup(found));
      }),
    rules: (groupId) =>
      once.read(`ec2.rules ${groupId}`, async () => {
        const api = await clients.ec2();
        const pages = api.rulePages({ ...filter('group-id', [groupId]), MaxResults: LARGEST_PAGE });
        return present((await collect(pages, (page) => page.SecurityGroupRules)).map(toRule));
      }),
  };
}

function subnetReads({ clients, once }: Border): Pick<Ec2Reads, 'subnet' | 'acl'> {
  const subnets = createBatch({
    size: VALUES,
    load: async (ids) => {
      const api = await clients.ec2();
      const found = await collect(api.subnetPages(filter('subnet-id', ids)), (page) => page.Subnets);
      return new Map(found.map((subnet) => [subnet.SubnetId ?? '', toSubnet(subnet)]));
    },
  });
  const acls = createBatch({
    size: VALUES,
    load: async (subnetIds) => {
      const api = await clients.ec2();
      const pages = api.aclPages(filter('association.subnet-id', subnetIds));
      const found = (await collect(pages, (page) => page.NetworkAcls)).map(toAcl);
      return new Map(found.flatMap((acl) => acl.subnetIds.map((subnetId) => [subnetId, acl] as const)));
    },
  });
  return {
    subnet: (id) => once.read(`ec2.subnet ${id}`, () => subnets(id)),
    acl: (subnetId) => once.read(`ec2.acl ${subnetId}`, () => acls(subnetId)),
  };
}

function vpcReads({ clients, once }: Border): Pick<Ec2Reads, 'dns'> {
  return {
    dns: (VpcId) =>
      once.read(`ec2.dns ${VpcId}`, async () => {
        const api = await clients.ec2();
        // One attribute a call (EC2 API reference, DescribeVpcAttribute).
        const [support, hostNames] = await Promise.all([
          api.vpcAttribute({ VpcId, Attribute: 'enableDnsSupport' }),
          api.vpcAttribute({ VpcId, Attribute: 'enableDnsHostnames' }),
        ]);
        return present({
          support: support.EnableDnsSupport?.Value ?? false,
          hostNames: hostNames.EnableDnsHostnames?.Value ?? false,
        });
      }),
  };
}

function prefixListReads({ clients, once }: Border): Pick<Ec2Reads, 'prefixList'> {
  const sizes = createBatch({
    size: VALUES,
    load: async (ids) => {
      const api = await clients.ec2();
      const found = await collect(api.prefixListPages(filter('prefix-list-id', ids)), (page) => page.PrefixLists);
      return new Map(found.map((list) => [list.PrefixListId ?? '', list.MaxEntries ?? 0]));
    },
  });
  return {
    prefixList: (id) =>
      once.read(`ec2.prefixList ${id}`, async () => {
        const api = await clients.ec2();
        const [size, entries] = await Promise.all([
          sizes(id),
          collect(api.prefixListEntryPages({ PrefixListId: id }), (page) => page.Entries),
        ]);
        if (size.state !== 'present') return size;
        return present({ id, cidrs: entries.flatMap((entry) => entry.Cidr ?? []), maxEntries: size.value });
      }),
  };
}
