import { namesEfsHost } from './marks.ts';

/** Which NFS client speaks, and about which server. */
export interface MountMessage {
  /** `nfs4`: the program that the EFS mount helper starts; `nfs`: the plain one; `mount`: mount(8) or the kernel. */
  readonly program: 'nfs4' | 'nfs' | 'mount' | 'none';
  readonly server: 'efs' | 'loopback-root' | 'loopback-path' | 'address-root' | 'other' | 'none';
}

// A bytes literal around the message is the EFS mount helper on Python 3.
const BYTES_LITERAL = /b['"] ?mount\.nfs/;

export function mountMessage(readable: string): MountMessage {
  const text = readable.toLowerCase();
  return { program: programOf(text), server: serverOf(text) };
}

/** Whether the message has the form that only the EFS mount helper gives it. */
export function isHelpersLiteral(readable: string): boolean {
  return BYTES_LITERAL.test(readable.toLowerCase());
}

function programOf(text: string): MountMessage['program'] {
  if (text.includes('mount.nfs4')) return 'nfs4';
  if (text.includes('mount.nfs')) return 'nfs';
  if (/client_error: ?mounting/.test(text)) return 'nfs4';
  return /(?<![a-z])(?:mount: |nfs: |mount fs-)/.test(text) ? 'mount' : 'none';
}

const NAMED =
  /(?:while mounting|mounting|resolve server|bad superblock on|nfs: server|special device|mount(?=: ?fs-)| for(?= \S{1,200}:\/)) ['"]?([^\s'",;]{3,256})/g;

function serverOf(text: string): MountMessage['server'] {
  const names = [...text.matchAll(NAMED)].map((match) => match[1] ?? '').filter((name) => /[a-z0-9]/.test(name));
  // The last one belongs to the last cause; paths and words ("mounting volume") are no servers.
  const name = names.filter((each) => /[:.]/.test(each) && !/^\/(?!dev\/)/.test(each)).at(-1);
  return name === undefined ? 'none' : judge(name);
}

function judge(name: string): MountMessage['server'] {
  if (namesEfsHost(name) || /^fs-[^.:]*(?::|$)|fsap-/.test(name)) return 'efs';
  const root = /:\/?$/.test(name);
  if (/^(?:127\.0\.0\.1|localhost|\[?::1\]?)(?::|$)/.test(name)) return root ? 'loopback-root' : 'loopback-path';
  if (/^\d{1,3}(?:\.\d{1,3}){3}:/.test(name) && root) return 'address-root';
  return 'other';
}
