import {
  DeleteParameterCommand,
  type DeleteParameterCommandInput,
  GetParameterCommand,
  type GetParameterCommandInput,
  type GetParametersByPathCommandInput,
  PutParameterCommand,
  type PutParameterCommandInput,
  paginateGetParametersByPath,
  SSMClient,
} from '@aws-sdk/client-ssm';
import type { Setup } from './setup.ts';

export type SsmApi = ReturnType<typeof createSsm>;

export function createSsm(setup: Setup) {
  const client = setup(SSMClient);
  return {
    /** Of the caller's configuration. */
    region: () => client.config.region(),
    get: (input: GetParameterCommandInput) => client.send(new GetParameterCommand(input)),
    pages: (input: GetParametersByPathCommandInput) => paginateGetParametersByPath({ client }, input),
    put: (input: PutParameterCommandInput) => client.send(new PutParameterCommand(input)),
    remove: (input: DeleteParameterCommandInput) => client.send(new DeleteParameterCommand(input)),
  };
}
