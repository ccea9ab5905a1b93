import { oneLine } from './safe-text.ts';

/** The thing in trouble as an operator would call it. */
export interface Who {
  readonly noun: 'Service' | 'Task' | 'Tasks of family' | 'Task definition' | 'File system' | 'Role' | 'Thing';
  readonly name: string;
  readonly cluster?: string;
}

interface Form {
  readonly pattern: RegExp;
  readonly noun: Who['noun'];
}

const ECS = 'arn:[^:]+:ecs:[^:]*:[^:]*:';

/** The forms of `Subject.thing`; the group `name` is what people call it. */
const FORMS: readonly Form[] = [
  { noun: 'Service', pattern: new RegExp(`^${ECS}service/(?:(?<cluster>[^/]+)/)?(?<name>[^/]+)$`) },
  { noun: 'Task', pattern: new RegExp(`^${ECS}task/(?:(?<cluster>[^/]+)/)?(?<name>[^/]+)$`) },
  { noun: 'Task definition', pattern: new RegExp(`^${ECS}task-definition/(?<name>.+)$`) },
  { noun: 'Service', pattern: /^(?:arn:[^ ]+:cluster\/(?<cluster>[^ /]+) |\s*)service:(?<name>.+)$/s },
  { noun: 'Tasks of family', pattern: /^(?:family|starts):(?<name>.+)$/s },
  { noun: 'File system', pattern: /^(?<name>fs-[0-9a-f]+)$/ },
  { noun: 'Role', pattern: /^arn:[^:]+:iam::[^:]*:role\/(?:.*\/)?(?<name>[^/]+)$/ },
];

export function whoIs(thing: string): Who {
  for (const { noun, pattern } of FORMS) {
    const groups = pattern.exec(thing)?.groups;
    if (groups?.['name'] === undefined) continue;
    const cluster = groups['cluster'];
    return { noun, name: nameOf(groups['name']), ...(cluster === undefined ? {} : { cluster: nameOf(cluster) }) };
  }
  return { noun: 'Thing', name: nameOf(thing) };
}

function nameOf(text: string): string {
  return oneLine(text, 80) || 'without a name';
}

/** In a sentence, at its start. */
export function spoken({ noun, name }: Who): string {
  return noun === 'Thing' ? name : `${noun} ${name}`;
}

/** In a sentence: the file system's id, where one is known. */
export function fileSystemIn(id: string | undefined): string {
  return id === undefined ? 'its file system' : nameOf(id);
}
