import { TAG } from '../../domain/tags.ts';

/** What one tag of a task definition may hold. */
export interface TagRule {
  readonly expected: string;
  readonly valid: (value: string) => boolean;
  /** May be written for one volume: `mountkeeper:uid/data`. */
  readonly perVolume: boolean;
}

const anId = (value: string) => /^(0|[1-9][0-9]{0,9})$/.test(value) && Number(value) <= 4_294_967_295;
const oneOf =
  (...words: readonly string[]) =>
  (value: string) =>
    words.includes(value);

const ID_RANGE = 'a whole number from 0 to 4294967295';

/** Every tag that a task definition may carry. EFS API reference, CreateAccessPoint: ids and permissions. */
export const TAG_RULES: Readonly<Record<string, TagRule>> = {
  [TAG.enabled]: { expected: 'true or false', valid: oneOf('true', 'false'), perVolume: false },
  [TAG.mode]: { expected: 'observe or repair', valid: oneOf('observe', 'repair'), perVolume: false },
  [TAG.wire]: {
    expected: 'auto, revision or publish',
    valid: oneOf('auto', 'revision', 'publish'),
    perVolume: false,
  },
  [TAG.fileSystem]: {
    expected: 'the id of a file system, such as fs-0123456789abcdef0',
    valid: (value) => /^fs-[0-9a-f]{8,40}$/.test(value),
    perVolume: true,
  },
  [TAG.mount]: {
    expected: 'an absolute path in the container, such as /data',
    valid: (value) => /^\/[^\s:]{1,255}$/.test(value) && !value.split('/').includes('..') && value !== '/',
    perVolume: true,
  },
  [TAG.container]: {
    expected: 'the name of a container of the task definition',
    valid: (value) => /^[A-Za-z0-9_-]{1,255}$/.test(value),
    perVolume: true,
  },
  [TAG.start]: { expected: 'empty or keep', valid: oneOf('empty', 'keep'), perVolume: true },
  [TAG.uid]: { expected: ID_RANGE, valid: anId, perVolume: true },
  [TAG.gid]: { expected: ID_RANGE, valid: anId, perVolume: true },
  [TAG.permissions]: {
    expected: 'three or four octal digits, such as 0750',
    valid: (value) => /^[0-7]{3,4}$/.test(value),
    perVolume: true,
  },
  [TAG.share]: {
    expected: 'the name of a share: letters, digits, - and _',
    valid: (value) => /^[A-Za-z0-9_-]{1,64}$/.test(value),
    perVolume: true,
  },
};

/** Tags that Mountkeeper writes itself, on revisions that it registers; a copy of one may carry them. */
export const WRITTEN_TAGS: readonly string[] = [TAG.wiredFrom, TAG.spec, TAG.managed, TAG.family, TAG.volume];
