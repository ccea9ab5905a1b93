import type { Hints } from './types.ts';

const FILE_SYSTEM = /(?<![a-z0-9])fs-[0-9a-f]{8,17}(?![0-9a-z]|\.fsx)/i;
const ACCESS_POINT = /fsap-[0-9a-f]{8,17}(?![0-9a-z])/i;
const ROOT_DIRECTORY = /(?:fs-[0-9a-f]{8,17}(?:\.efs\.[a-z0-9.-]{1,80})?|127\.0\.0\.1):(\/[^\s'",;]{0,512})/i;
const EXIT_CODE = /(?:; ?code: ?|exit status |returncode=)(\d{1,3})(?!\d)/i;
const OPTIONS = /'-o', ?'([^']{0,512})/i;

/** What the text names besides its cause. Task definitions decide, never this: the text may be forged. */
export function hintsIn(readable: string): Hints {
  const options = OPTIONS.exec(readable)?.[1]?.toLowerCase().split(',');
  const exitCode = EXIT_CODE.exec(readable)?.[1];
  return {
    ...optional('fileSystemId', FILE_SYSTEM.exec(readable)?.[0]?.toLowerCase()),
    ...optional('accessPointId', ACCESS_POINT.exec(readable)?.[0]?.toLowerCase()),
    ...optional('rootDirectory', ROOT_DIRECTORY.exec(readable)?.[1]),
    ...(exitCode === undefined ? {} : { exitCode: Number(exitCode) }),
    ...tlsHint(readable, options),
    ...(options === undefined ? {} : { iam: options.includes('iam') }),
  };
}

function tlsHint(readable: string, options: readonly string[] | undefined): Pick<Hints, 'tls'> {
  // Mounts through the tunnel name the loopback address as their server.
  if (/127\.0\.0\.1:/.test(readable)) return { tls: true };
  return options === undefined ? {} : { tls: options.includes('tls') };
}

function optional<Key extends string>(key: Key, value: string | undefined): { readonly [K in Key]?: string } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [K in Key]: string });
}
