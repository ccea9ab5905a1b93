import { namesEfsHost } from './marks.ts';

/** Which NFS client speaks, and about which server. */
export interface MountMessage {
  /** `nfs4`: the program that the EFS mount helper starts; `nfs`: the plain one; `mount`: mount(8) or the kernel. */
  readonly program: 'nfs4' | 'nfs' | 'mount' | 'none';
  readonly server: 'efs' | 'loopback-root' | 'loopback-path' | 'loopback-relative' | 'address-root' | 'other' | 'none';
}

// A bytes literal (b'mount.nfs4: …') around the message is the EFS mount helper on Python 3.
const BYTES_LITERAL = /(?<![a-z])bmount\.nfs/;

export function mountMessage(readable: string, squashed: string): MountMessage {
  const text = readable.toLowerCase();
  return { program: programOf(text, squashed), server: serverOf(text, squashed) };
}

/** Whether the message has the form that only the EFS mount helper gives it. */
export function isHelpersLiteral(squashed: string): boolean {
  return BYTES_LITERAL.test(squashed);
}

function programOf(text: string, squashed: string): MountMessage['program'] {
  if (squashed.includes('mount.nfs4')) return 'nfs4';
  if (squashed.includes('mount.nfs')) return 'nfs';
  // AWS CodeBuild, which mounts EFS alone.
  if (squashed.includes('client_error:mounting')) return 'nfs4';
  const speaks = /(?<![a-z/.-])(?:mount: |nfs: )/.test(text) || /^(?:mount:|nfs:)|mountfs-/.test(squashed);
  return speaks ? 'mount' : 'none';
}

// In squashed text, so that a line break inside a name hides no foreign server.
const NAMED = /(?:mounting|superblockon|specialdevice|for)([a-z0-9._*#[\]-]{1,120}?):(?=\/(?!\/)|fsap-)/g;
const NAMED_ALONE = /(?:resolveserver|nfs:server)([a-z0-9._*#[\]-]{1,120})/g;

// S3 Files takes paths without a leading slash, EFS does not.
const RELATIVE = /mounting127\.0\.0\.1:(?!fsap-)[a-z_]/;

function serverOf(text: string, squashed: string): MountMessage['server'] {
  if (RELATIVE.test(squashed)) return 'loopback-relative';
  const named = [...squashed.matchAll(NAMED), ...squashed.matchAll(NAMED_ALONE)];
  // The one that ends last belongs to the last cause.
  const last = named.toSorted((a, b) => a.index - b.index).at(-1);
  if (last === undefined) return 'none';
  const [whole, host = ''] = last;
  if (squashed.startsWith('fsap-', last.index + whole.length)) return 'efs';
  return judge(host, text);
}

function judge(host: string, text: string): MountMessage['server'] {
  if (namesEfsHost(host) || /^fs-[^.]*$/.test(host)) return 'efs';
  if (/^(?:127\.0\.0\.1|localhost|\[::1\])/.test(host))
    return isRoot(text, host, `' ;.`) ? 'loopback-root' : 'loopback-path';
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(host)) return isRoot(text, host, '') ? 'address-root' : 'other';
  // Masked and made-up names ("server_name", "...") say nothing.
  return /[a-z0-9]/.test(host) && !/^_|^\.*$/.test(host) ? 'other' : 'none';
}

/** The whole file system: `127.0.0.1:/` and then no path. A space may be a line break inside a path. */
function isRoot(text: string, host: string, moreEnds: string): boolean {
  return [...`",${moreEnds}`].some((end) => text.includes(`${host}:/${end}`)) || text.endsWith(`${host}:/`);
}
