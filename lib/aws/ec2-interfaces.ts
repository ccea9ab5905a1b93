import type { NetworkInterface } from '@aws-sdk/client-ec2';
import { type Fact, present, unknown } from '../domain/fact.ts';
import type { Ec2Reads } from '../verbs.ts';
import { createBatch } from './batch.ts';
import type { Border } from './border.ts';
import { filter, VALUES } from './ec2-filters.ts';
import { toInstance } from './from-ec2.ts';
import { collect } from './pages.ts';

/** More than enough to say "shared by many": the count is compared with 20. */
const MOST_COUNTED = 100;
/** EC2 API reference, DescribeNetworkInterfaces. */
const LARGEST_PAGE = 1_000;

export function groupsOf({ Groups = [] }: NetworkInterface): readonly string[] {
  return Groups.flatMap((group) => group.GroupId ?? []);
}

export function interfaceReads(
  border: Border,
): Pick<Ec2Reads, 'instance' | 'interfacesWith' | 'fileSystemsBehind' | 'interfaceGroups'> {
  const { clients, once } = border;
  const instances = createBatch({
    size: VALUES,
    load: async (ids) => {
      const api = await clients.ec2();
      const reservations = await collect(api.instancePages(filter('instance-id', ids)), (page) => page.Reservations);
      const found = reservations.flatMap((one) => one.Instances ?? []).flatMap((one) => toInstance(one) ?? []);
      return new Map(found.map((instance) => [instance.id, instance]));
    },
  });
  const groups = createBatch<readonly string[]>({
    size: VALUES,
    load: async (ids) => {
      const api = await clients.ec2();
      const pages = api.interfacePages(filter('network-interface-id', ids));
      const found = await collect(pages, (page) => page.NetworkInterfaces);
      return new Map(found.map((one) => [one.NetworkInterfaceId ?? '', groupsOf(one)]));
    },
  });
  return {
    instance: (id) => once.read(`ec2.instance ${id}`, () => instances(id)),
    interfaceGroups: (id) => once.read(`ec2.interfaceGroups ${id}`, () => groups(id)),
    fileSystemsBehind: (groupId) =>
      once.read(`ec2.fileSystemsBehind ${groupId}`, () => fileSystemsBehind(border, groupId)),
    interfacesWith: (groupId) =>
      once.read(`ec2.interfacesWith ${groupId}`, async () => {
        const api = await clients.ec2();
        const pages = api.interfacePages({ ...filter('group-id', [groupId]), MaxResults: MOST_COUNTED });
        return present((await collect(pages, (page) => page.NetworkInterfaces, MOST_COUNTED)).length);
      }),
  };
}

async function fileSystemsBehind({ clients }: Border, groupId: string): Promise<Fact<readonly string[]>> {
  const api = await clients.ec2();
  const { Filters: ofGroup } = filter('group-id', [groupId]);
  const { Filters: ofEfs } = filter('interface-type', ['efs']);
  const pages = api.interfacePages({ Filters: [...ofGroup, ...ofEfs], MaxResults: LARGEST_PAGE });
  const cards = await collect(pages, (page) => page.NetworkInterfaces);
  const ids = cards.map(({ Description = '' }) => /fs-[0-9a-f]+/.exec(Description)?.[0]);
  const nameless = cards[ids.indexOf(undefined)];
  if (nameless) return unknown(`${nameless.NetworkInterfaceId} does not say whose mount target it is`);
  return present([...new Set(ids.flatMap((id) => id ?? []))].toSorted());
}

/** The interfaces of all mount targets. The type `efs` is EFS's own to give, so nobody else's can be among them. */
export function mountTargetCards({ clients, once }: Border): Promise<Fact<readonly NetworkInterface[]>> {
  return once.read('ec2.mountTargetCards', async () => {
    const api = await clients.ec2();
    const pages = api.interfacePages({ ...filter('interface-type', ['efs']), MaxResults: LARGEST_PAGE });
    return present(await collect(pages, (page) => page.NetworkInterfaces));
  });
}
