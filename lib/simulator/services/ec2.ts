import type { Handlers } from '../account.ts';
import { securityGroupHandlers } from './ec2-groups.ts';
import { interfaceHandlers } from './ec2-interfaces.ts';
import { networkHandlers } from './ec2-network.ts';
import { pathReadHandlers } from './ec2-path-reads.ts';
import { prefixListHandlers } from './ec2-prefix-lists.ts';
import { vpcReadHandlers } from './ec2-reads.ts';
import { ec2TagHandlers } from './ec2-tags.ts';

export const ec2Handlers: Handlers = {
  ...securityGroupHandlers,
  ...networkHandlers,
  ...vpcReadHandlers,
  ...pathReadHandlers,
  ...interfaceHandlers,
  ...prefixListHandlers,
  ...ec2TagHandlers,
};
