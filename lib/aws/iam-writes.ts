import type { IamWrites } from '../verbs.ts';
import { type Border, writing } from './border.ts';
import { isGone } from './errors.ts';

export function createIamWrites(border: Border): IamWrites {
  return {
    putRolePolicy: (RoleName, PolicyName, PolicyDocument) =>
      writing(border, async () => {
        const api = await border.clients.iam();
        await api.putInlinePolicy({ RoleName, PolicyName, PolicyDocument });
      }),
    deleteRolePolicy: (RoleName, PolicyName) =>
      writing(border, async () => {
        const api = await border.clients.iam();
        try {
          await api.deleteInlinePolicy({ RoleName, PolicyName });
          return { existed: true };
        } catch (error) {
          if (isGone(error)) return { existed: false };
          throw error;
        }
      }),
  };
}
