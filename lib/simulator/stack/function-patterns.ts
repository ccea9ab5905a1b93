import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { EventPattern } from '../event-pattern.ts';

const FILE = 'function.yml';

interface FunctionFile {
  readonly events?: readonly { readonly eventBridge?: { readonly pattern?: EventPattern } }[];
}

/**
 * The event patterns of every function, by its folder, as they stand in functions/<name>/function.yml. A test holds
 * them to the rules of the packaged template.
 */
export function functionPatterns(root: string): Readonly<Record<string, readonly EventPattern[]>> {
  const folder = join(root, 'functions');
  const names = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => existsSync(join(folder, name, FILE)));
  return Object.fromEntries(
    names.map(({ name }) => [name, [...patternsOf(join(folder, name, FILE)), ...rawPatterns(join(folder, name))]]),
  );
}

function patternsOf(path: string): readonly EventPattern[] {
  const file = parse(readFileSync(path, 'utf8'), { logLevel: 'silent' }) as FunctionFile;
  return (file.events ?? []).flatMap(({ eventBridge }) => (eventBridge?.pattern ? [eventBridge.pattern] : []));
}

/** Patterns of rules that the stack writes by itself, since the framework does not know their kind. */
function rawPatterns(folder: string): readonly EventPattern[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('-pattern.yml'));
  return files.map((name) => parse(readFileSync(join(folder, name), 'utf8')) as EventPattern);
}
