import type { FileSystem, MountTarget } from '../domain/efs.ts';
import { absent, type Fact, present, unknown } from '../domain/fact.ts';
import type { EfsReads } from '../verbs.ts';
import type { Border } from './border.ts';
import type { EfsApi } from './efs-client.ts';
import { toAccessPoint, toFileSystem, toMountTarget } from './from-efs.ts';
import { factOf, type Note } from './once.ts';
import { collect } from './pages.ts';

/** EFS API reference: 100 is the largest page; the default of DescribeMountTargets is 10. */
const PAGE = 100;

export function createEfsReads(border: Border): EfsReads {
  return { ...fileSystemReads(border), ...mountTargetReads(border), ...accessPointReads(border) };
}

function fileSystemReads({ clients, once }: Border): Pick<EfsReads, 'fileSystem' | 'fileSystems' | 'policy'> {
  const fileSystem = (id: string) =>
    once.read(`efs.fileSystem ${id}`, async () => {
      const api = await clients.efs();
      const pages = api.fileSystemPages({ FileSystemId: id });
      const [found] = await collect(pages, (page) => page.FileSystems);
      return found === undefined ? absent : present(toFileSystem(found));
    });
  return {
    fileSystem,
    fileSystems: () =>
      once.read('efs.fileSystems', async (note) => {
        const api = await clients.efs();
        const found = await collect(api.fileSystemPages({ MaxItems: PAGE }), (page) => page.FileSystems);
        const all: FileSystem[] = found.map(toFileSystem);
        for (const one of all) note(`efs.fileSystem ${one.id}`, present(one));
        return present(all);
      }),
    policy: (fileSystemId) =>
      once.read(`efs.policy ${fileSystemId}`, async () => {
        const policy = await factOf(() => policyOf(clients, fileSystemId));
        if (policy.state !== 'absent') return policy;
        // No policy admits everybody: that must not be read out of a file system that is gone.
        const owner = await fileSystem(fileSystemId);
        return owner.state === 'absent' ? unknown(`the file system ${fileSystemId} does not exist`) : absent;
      }),
  };
}

async function policyOf(clients: Border['clients'], FileSystemId: string): Promise<Fact<string>> {
  const api = await clients.efs();
  const { Policy } = await api.policy({ FileSystemId });
  return Policy === undefined ? absent : present(Policy);
}

function mountTargetReads({ clients, once }: Border): Pick<EfsReads, 'mountTargets' | 'mountTarget'> {
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

function accessPointReads({
  clients,
  once,
}: Border): Pick<EfsReads, 'accessPoint' | 'accessPoints' | 'everyAccessPoint'> {
  async function read(query: Parameters<EfsApi['accessPointPages']>[0], note?: Note) {
    const api = await clients.efs();
    const found = await collect(api.accessPointPages(query), (page) => page.AccessPoints);
    const points = found.map(toAccessPoint);
    for (const one of points) note?.(`efs.accessPoint ${one.id}`, present(one));
    return points;
  }
  return {
    accessPoint: (AccessPointId) =>
      once.read(`efs.accessPoint ${AccessPointId}`, async () => {
        const [found] = await read({ AccessPointId });
        return found === undefined ? absent : present(found);
      }),
    everyAccessPoint: () =>
      once.read('efs.everyAccessPoint', async (note) => present(await read({ MaxResults: PAGE }, note))),
    accessPoints: (FileSystemId) =>
      once.read(`efs.accessPoints ${FileSystemId}`, async (note) =>
        present(await read({ FileSystemId, MaxResults: PAGE }, note)),
      ),
  };
}
