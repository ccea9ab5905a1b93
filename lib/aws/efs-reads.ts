import { absent, type Fact, mapFact, present, unknown } from '../domain/fact.ts';
import type { EfsReads } from '../verbs.ts';
import type { Border } from './border.ts';
import type { EfsApi } from './efs-client.ts';
import { listedFileSystems, mountTargetReads, PAGE } from './efs-mount-targets.ts';
import { toAccessPoint, toFileSystem } from './from-efs.ts';
import { factOf, type Note } from './once.ts';
import { collect } from './pages.ts';

export function createEfsReads(border: Border): EfsReads {
  return { ...fileSystemReads(border), ...mountTargetReads(border), ...accessPointReads(border) };
}

function fileSystemReads(border: Border): Pick<EfsReads, 'fileSystem' | 'fileSystems' | 'policy'> {
  const { clients, once } = border;
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
        const all = mapFact(await listedFileSystems(border), (found) => found.map(toFileSystem));
        if (all.state === 'present') for (const one of all.value) note(`efs.fileSystem ${one.id}`, present(one));
        return all;
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
