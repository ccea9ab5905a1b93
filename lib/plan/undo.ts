import type { Action, AuthorizeEgress, AuthorizeIngress, RevokeRule } from '../domain/action.ts';
import type { JournalEntry } from '../domain/journal.ts';
import { madeAccessPoint } from './describe/access-point.ts';
import { lookUp, type Table } from './describe/by-kind.ts';
import { inversePublish } from './describe/published-volume.ts';
import { goBack } from './describe/revision.ts';

/** The change that takes a change back, or why there is none and what a person does instead. */
export type Undo = { readonly action: Action } | { readonly cannot: string };

interface Context {
  readonly entry: JournalEntry;
  readonly deleteAccessPoints: boolean;
}

const UNDOING: Table<Context, Undo> = {
  'authorize-ingress': (action, { entry }) =>
    revoke(entry, { action, direction: 'ingress', peer: action.sourceGroupId }),
  'authorize-egress': (action, { entry }) => revoke(entry, { action, direction: 'egress', peer: action.targetGroupId }),
  'revoke-rule': (action) => ({ action: authorize(action) }),
  'put-role-policy': (action) => {
    const { document, previous, ...rest } = action;
    if (previous === null) return { action: { ...rest, kind: 'delete-role-policy', previous: document } };
    return { action: { ...action, document: previous, previous: document } };
  },
  'delete-role-policy': ({ previous, ...rest }) => ({
    action: { ...rest, kind: 'put-role-policy', document: previous, previous: null },
  }),
  'create-access-point': (action, { entry, deleteAccessPoints }) => {
    const accessPointId = madeAccessPoint(action, entry.made);
    if (accessPointId === undefined) return { cannot: noId('access point') };
    if (!deleteAccessPoints) return { cannot: keepsAccessPoint(accessPointId) };
    const { fileSystemId, family } = action;
    return { action: { kind: 'delete-access-point', accessPointId, fileSystemId, family } };
  },
  'delete-access-point': ({ accessPointId, family }) => ({
    cannot: `${accessPointId} is deleted and never comes back under this id. Provision the family ${family} again: it gets a new access point.`,
  }),
  'register-revision': (action) => ({ cannot: goBack(`${action.family}:${action.sourceRevision}`) }),
  'update-service': (action) => {
    const { taskDefinition, previousTaskDefinition } = action;
    if (taskDefinition === undefined || taskDefinition === previousTaskDefinition)
      return { cannot: 'It was a new deployment of the same task definition: there is nothing to take back.' };
    const back = { taskDefinition: previousTaskDefinition, previousTaskDefinition: taskDefinition };
    return { action: { ...action, ...back, forceNewDeployment: false } };
  },
  'publish-volume': (action) => ({ action: inversePublish(action) }),
  'update-throughput': ({ kind, fileSystemId, mode, mibps, previousMode, previousMibps }) => ({
    action: {
      kind,
      fileSystemId,
      mode: previousMode,
      previousMode: mode,
      ...(previousMibps === undefined ? {} : { mibps: previousMibps }),
      ...(mibps === undefined ? {} : { previousMibps: mibps }),
    },
  }),
};

const NOTHING_TO_UNDO: Readonly<Record<Exclude<JournalEntry['state'], 'done'>, string>> = {
  intended:
    'It is not known whether this change took effect: the run ended before AWS answered. The next sweep settles it; look again after that.',
  already: 'It was in place before, so it is not Mountkeeper that made it and not Mountkeeper that takes it away.',
  failed: 'The change failed, so there is nothing to take back.',
  reverted: 'It is reverted already.',
};

/** The inverse of a journaled change. Access points go only where the request says so; directories never do. */
export function undo(entry: JournalEntry, options: { readonly deleteAccessPoints?: boolean } = {}): Undo {
  if (entry.state !== 'done') return { cannot: NOTHING_TO_UNDO[entry.state] };
  return lookUp(UNDOING, entry.action, { entry, deleteAccessPoints: options.deleteAccessPoints ?? false });
}

function revoke(
  entry: JournalEntry,
  rule: {
    readonly action: AuthorizeIngress | AuthorizeEgress;
    readonly direction: RevokeRule['direction'];
    readonly peer: string;
  },
): Undo {
  const ruleId = entry.made?.['ruleId'];
  if (ruleId === undefined) return { cannot: noId('rule') };
  const { groupId, family, fileSystemId } = rule.action;
  const about = { groupId, family, fileSystemId, changeId: entry.changeId };
  return { action: { kind: 'revoke-rule', direction: rule.direction, ruleId, peerGroupId: rule.peer, ...about } };
}

function authorize({ direction, groupId, peerGroupId, family, fileSystemId }: RevokeRule): Action {
  const about = { groupId, family, fileSystemId };
  if (direction === 'ingress') return { kind: 'authorize-ingress', sourceGroupId: peerGroupId, ...about };
  return { kind: 'authorize-egress', targetGroupId: peerGroupId, ...about };
}

function noId(what: string): string {
  return `The journal has no id of the ${what}, and Mountkeeper takes away only what it can name. Find and remove it by hand.`;
}

function keepsAccessPoint(accessPointId: string): string {
  return `${accessPointId} stays: access points are deleted only with "deleteAccessPoints": true. The directory and its data stay in either case.`;
}
