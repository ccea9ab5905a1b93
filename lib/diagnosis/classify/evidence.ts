import { hasWrapper, namesEfsHost, namesFileSystem, namesOtherStage, namesStranger } from './marks.ts';
import { type Folded, fold } from './normalize.ts';
import { isHelpersLiteral, type MountMessage, mountMessage } from './server.ts';
import { type Stripped, stackStart, stripNoise } from './strip-noise.ts';
import type { Reason } from './types.ts';

/** All that the gate asks of a text, looked up once. */
export interface Evidence {
  readonly reason: Reason;
  readonly folded: Folded;
  readonly stripped: Stripped;
  /** The text says that a mount by the EFS mount helper was under way. */
  readonly wrapper: boolean;
  /** The host name of an EFS file system. */
  readonly efsHost: boolean;
  /** An EFS host name or the id of a file system. */
  readonly fileSystem: boolean;
  /** Another storage is named: S3 Files, FSx, EBS, CIFS, … */
  readonly stranger: boolean;
  readonly otherStage: boolean;
  readonly message: MountMessage;
}

export function evidenceOf(reason: Reason): Evidence {
  const folded = fold(reason.text);
  const { readable, squashed } = folded;
  const wrapper = hasWrapper(squashed) || isHelpersLiteral(squashed);
  const stripped = stripNoise(folded, keepsStack(reason, folded, wrapper));
  return {
    ...{ reason, folded, stripped, wrapper },
    efsHost: namesEfsHost(squashed),
    fileSystem: namesFileSystem(readable),
    stranger: namesStranger(squashed),
    otherStage: namesOtherStage(squashed),
    message: mountMessage(readable.slice(0, readableEnd(folded)), squashed.slice(0, stackStart(squashed))),
  };
}

/** An application's own Python stack ends in its cause; only the stack of the mount's wrapper is noise. */
function keepsStack(reason: Reason, folded: Folded, wrapper: boolean): boolean {
  return reason.field === 'appLog' || !(wrapper || namesEfsHost(folded.squashed));
}

function readableEnd(folded: Folded): number {
  return folded.at[stackStart(folded.squashed)] ?? folded.readable.length;
}
