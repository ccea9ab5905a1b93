import type { CreateAccessPoint } from '../domain/action.ts';
import type { EfsWrites } from '../verbs.ts';
import { type Border, writing } from './border.ts';
import { existingAccessPoint } from './errors.ts';
import { given } from './given.ts';
import { toTags } from './tags.ts';

export function createEfsWrites(border: Border): EfsWrites {
  return {
    createAccessPoint: (wanted) => writing(border, () => create(border, wanted)),
    deleteAccessPoint: (AccessPointId) =>
      writing(border, async () => {
        const api = await border.clients.efs();
        await api.deleteAccessPoint({ AccessPointId });
      }),
    updateThroughput: ({ fileSystemId, mode, mibps }) =>
      writing(border, async () => {
        const api = await border.clients.efs();
        await api.updateFileSystem(
          given({ FileSystemId: fileSystemId, ThroughputMode: mode, ProvisionedThroughputInMibps: mibps }),
        );
      }),
  };
}

async function create({ clients }: Border, wanted: CreateAccessPoint) {
  const api = await clients.efs();
  try {
    const { AccessPointId } = await api.createAccessPoint(inputOf(wanted));
    return { id: AccessPointId ?? '', existed: false };
  } catch (error) {
    const id = existingAccessPoint(error);
    if (id === undefined) throw error;
    return { id, existed: true };
  }
}

function inputOf({ clientToken, fileSystemId, path, user, creation, tags }: CreateAccessPoint) {
  return given({
    ClientToken: clientToken,
    FileSystemId: fileSystemId,
    Tags: toTags(tags),
    PosixUser:
      user && given({ Uid: user.uid, Gid: user.gid, SecondaryGids: user.secondaryGids && [...user.secondaryGids] }),
    RootDirectory: given({
      Path: path,
      CreationInfo: creation && {
        OwnerUid: creation.ownerUid,
        OwnerGid: creation.ownerGid,
        Permissions: creation.permissions,
      },
    }),
  });
}
