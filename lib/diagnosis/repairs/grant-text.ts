import { seen } from '../../domain/fact.ts';
import { hasKey, TAG } from '../../domain/tags.ts';
import { fitsRole, policyCharacters } from '../../plan/grant/fits-role.ts';
import { type GrantDocument, type GrantEntry, grantPolicyName, NotAGrant } from '../../plan/grant/grant-document.ts';
import { mergeGrant } from '../../plan/grant/merge-grant.ts';
import type { MountFacts, VolumeFacts } from '../mount-facts.ts';
import { mountsWritable } from '../rules/identity.ts';
import { type Hold, hold } from './draft.ts';
import { wouldMount } from './grant-effect.ts';

/** The inline policy of ours that is on the role already, and the room that the others take. */
export interface Existing {
  readonly text?: string;
  readonly otherCharacters: number;
  readonly hold?: Hold;
}

export function existingGrant({ rolePolicies }: MountFacts, fileSystemId: string): Existing {
  const inline = rolePolicies?.state === 'present' ? rolePolicies.value.inline : rolePolicies;
  if (inline?.state === 'absent') return { otherCharacters: 0 };
  if (inline?.state !== 'present') return unread(inline?.why ?? 'not read');
  const bad = inline.value.find(({ document }) => document.state === 'unknown');
  if (bad) return unread(bad.document.state === 'unknown' ? `${bad.name}: ${bad.document.why}` : bad.name);
  const name = grantPolicyName(fileSystemId);
  const others = inline.value.filter((policy) => policy.name !== name);
  const characters = others.map(({ document }) => policyCharacters(seen(document) ?? ''));
  const own = inline.value.find((policy) => policy.name === name);
  const text = own && seen(own.document);
  return { otherCharacters: characters.reduce((sum, one) => sum + one, 0), ...(text !== undefined && { text }) };
}

function unread(why: string): Existing {
  return { otherCharacters: 0, hold: hold('unknown', `The inline policies of the role could not be read: ${why}`) };
}

export type Built =
  | { readonly document: string; readonly hold?: Hold }
  | { readonly document?: undefined; readonly hold: Hold };

/** The policy that holds what it held, and what these volumes need. */
export function documentFor(facts: MountFacts, volumes: readonly VolumeFacts[], existing: Existing): Built {
  try {
    const merged = merge(entriesFor(volumes), existing.text);
    if (!merged) return { hold: hold('unknown', 'The access point could not be read.') };
    const room = fitsRole({ otherInlineCharacters: existing.otherCharacters, document: merged });
    const document = JSON.stringify(merged);
    const refused = room.fits ? wouldMount(facts, volumes, document) : noRoom(room);
    return refused ? { document, hold: refused } : { document };
  } catch (error) {
    if (!(error instanceof NotAGrant)) throw error;
    const why = `The policy on the role is not as Mountkeeper wrote it (${error.message}), so a person has to look at it.`;
    return { hold: hold('person', why) };
  }
}

function merge(entries: readonly GrantEntry[], text: string | undefined): GrantDocument | undefined {
  let existing: unknown = text === undefined ? undefined : parsed(text);
  let merged: GrantDocument | undefined;
  for (const entry of entries) {
    merged = mergeGrant(existing, entry).document;
    existing = merged;
  }
  return merged;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new NotAGrant('it is no JSON');
  }
}

/** Root only where the access point is root and the storage owner allows it. */
function entriesFor(volumes: readonly VolumeFacts[]): readonly GrantEntry[] {
  return volumes.flatMap((volume) => {
    const { fileSystem, accessPoint } = volume;
    if (fileSystem.state !== 'present' || accessPoint?.state !== 'present') return [];
    const { user, arn: accessPointArn } = accessPoint.value;
    const isRoot = user?.uid === 0 || user?.gid === 0;
    const sharing = volumes.filter(({ efs }) => efs.accessPointId === volume.efs.accessPointId);
    return [
      {
        fileSystemArn: fileSystem.value.arn,
        accessPointArn,
        write: sharing.some(mountsWritable),
        root: isRoot && hasKey(fileSystem.value.tags, TAG.allowRoot),
      },
    ];
  });
}

function noRoom({ characters, limit }: { readonly characters: number; readonly limit: number }): Hold {
  const why = `The inline policies of the role would have ${characters} characters; IAM takes ${limit}. Use a role for each service.`;
  return hold('quota', why);
}
