import type { Account } from '../account.ts';
import type { SimSubnet } from '../ec2-state.ts';
import { simError } from '../errors.ts';

/** AWS keeps the first four addresses of a subnet and the last one. */
const RESERVED_AT_START = 4;

function toNumber(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function toAddress(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}

/** The address that was asked for if it is free, else the lowest free one of the subnet. */
export function freeAddress(account: Account, subnet: SimSubnet, wanted?: string): string {
  const [base = '', length = '32'] = subnet.cidrBlock.split('/');
  const used = new Set(Object.values(account.state.ec2.networkInterfaces).map((card) => card.privateIpAddress));
  if (wanted !== undefined) {
    if (used.has(wanted)) throw simError('IpAddressInUse', 409, `The address ${wanted} is in use.`);
    return wanted;
  }
  const first = toNumber(base) + RESERVED_AT_START;
  const last = toNumber(base) + 2 ** (32 - Number(length)) - 2;
  for (let candidate = first; candidate <= last; candidate += 1) {
    if (!used.has(toAddress(candidate))) return toAddress(candidate);
  }
  throw simError('NoFreeAddressesInSubnet', 409, `Subnet ${subnet.id} has no free address.`);
}
