import type { NetworkInterface } from '@aws-sdk/client-ec2';
import type { FileSystemDescription, MountTargetDescription } from '@aws-sdk/client-efs';
import type { MountTarget } from '../domain/efs.ts';
import { absent, type Fact, present } from '../domain/fact.ts';
import type { EfsReads } from '../verbs.ts';
import type { Border } from './border.ts';
import { groupsOf, mountTargetCards } from './ec2-interfaces.ts';
import type { EfsApi } from './efs-client.ts';
import { toMountTarget } from './from-efs.ts';
import type { Note } from './once.ts';
import { collect } from './pages.ts';

/** EFS API reference: 100 is the largest page; the default of DescribeMountTargets is 10. */
export const PAGE = 100;

export function mountTargetReads(
  border: Border,
): Pick<EfsReads, 'mountTargets' | 'mountTarget' | 'everyKnownMountTarget'> {
  const { clients, once } = border;
  const targets = async (query: TargetQuery) => mountTargetsOf(await clients.efs(), { query, once });
  return {
    mountTargets: (FileSystemId) =>
      once.read(`efs.mountTargets ${FileSystemId}`, async (note) => {
        const found = await targets({ FileSystemId, MaxItems: PAGE });
        for (const one of found) note(`efs.mountTarget ${one.id}`, present(one));
        return present(found);
      }),
    mountTarget: (MountTargetId) =>
      once.read(`efs.mountTarget ${MountTargetId}`, async () => {
        const [found] = await targets({ MountTargetId });
        return found === undefined ? absent : present(found);
      }),
    everyKnownMountTarget: (known) =>
      once.read('efs.everyKnownMountTarget', (note) => readEveryKnown(border, known, note)),
  };
}

type TargetQuery = Parameters<EfsApi['mountTargetPages']>[0];

async function mountTargetsOf(
  api: EfsApi,
  { query, once }: { readonly query: TargetQuery; readonly once: Border['once'] },
): Promise<readonly MountTarget[]> {
  const found = await collect(api.mountTargetPages(query), (page) => page.MountTargets);
  return Promise.all(
    found.map(async (target) => {
      // The groups of a mount target are those of its interface: where all interfaces were listed, they are known.
      const groupIds = await once.read(`ec2.interfaceGroups ${target.NetworkInterfaceId}`, async () => {
        const { SecurityGroups } = await api.mountTargetGroups({ MountTargetId: target.MountTargetId });
        return present(SecurityGroups ?? []);
      });
      return toMountTarget(target, groupIds);
    }),
  );
}

/** What DescribeFileSystems says, as it says it: it counts the mount targets as well. */
export function listedFileSystems({ clients, once }: Border): Promise<Fact<readonly FileSystemDescription[]>> {
  return once.read('efs.listed', async () => {
    const api = await clients.efs();
    return present(await collect(api.fileSystemPages({ MaxItems: PAGE }), (page) => page.FileSystems));
  });
}

async function readEveryKnown(border: Border, known: ReadonlySet<string>, note: Note): Promise<Fact<number>> {
  const [listed, cards] = await Promise.all([listedFileSystems(border), mountTargetCards(border)]);
  if (listed.state !== 'present') return listed;
  if (cards.state !== 'present') return cards;
  for (const card of cards.value) note(`ec2.interfaceGroups ${card.NetworkInterfaceId}`, present(groupsOf(card)));
  const targets = cards.value.flatMap((card) => targetOf(card) ?? []).filter(({ id }) => known.has(id));
  const byFileSystem = Map.groupBy(targets, ({ fileSystemId }) => fileSystemId);
  for (const { FileSystemId = '', NumberOfMountTargets } of listed.value) {
    const found = byFileSystem.get(FileSystemId) ?? [];
    // Where one is missing, or one more than there should be, its file system is asked for them.
    if (found.length !== NumberOfMountTargets) continue;
    note(`efs.mountTargets ${FileSystemId}`, present(found));
    for (const one of found) note(`efs.mountTarget ${one.id}`, present(one));
  }
  return present(targets.length);
}

/** As EFS describes its interfaces now, and as the reference of CreateMountTarget says it does. */
const DESCRIPTIONS: readonly RegExp[] = [
  /^EFS mount target for (?<fileSystem>fs-[0-9a-f]+) \((?<target>fsmt-[0-9a-f]+)\)$/,
  /^Mount target (?<target>fsmt-[0-9a-f]+) for file system (?<fileSystem>fs-[0-9a-f]+)$/,
];

/** The mount target that an interface belongs to; undefined where the interface does not say all of it. */
function targetOf(card: NetworkInterface): MountTarget | undefined {
  const names = DESCRIPTIONS.map((one) => one.exec(card.Description ?? '')?.groups).find(Boolean);
  if (!names || card.Status !== 'in-use' || card.AvailabilityZoneId === undefined) return undefined;
  // Whether the mount target answers at the interface's IPv6 address is EFS's to say.
  if (card.Ipv6Addresses?.length) return undefined;
  const told: MountTargetDescription = {
    MountTargetId: names['target'],
    FileSystemId: names['fileSystem'],
    VpcId: card.VpcId,
    SubnetId: card.SubnetId,
    AvailabilityZoneId: card.AvailabilityZoneId,
    AvailabilityZoneName: card.AvailabilityZone,
    IpAddress: card.PrivateIpAddress,
    NetworkInterfaceId: card.NetworkInterfaceId,
    LifeCycleState: 'available',
  };
  return toMountTarget(told, present(groupsOf(card)));
}
