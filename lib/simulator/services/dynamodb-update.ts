import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { overlap, readPath, removePath, writePath } from './dynamodb-paths.ts';
import type { Path, TokenReader } from './dynamodb-tokens.ts';
import { type Item, invalid } from './dynamodb-values.ts';

/** One change of an item; the value is worked out from the item as it was before the call. */
export interface Change {
  readonly path: Path;
  readonly apply: (item: Item, before: Item) => void;
}

type Compute = (before: Item) => AttributeValue;

function missing(): never {
  return invalid('The provided expression refers to an attribute that does not exist in the item');
}

function ifNotExists(tokens: TokenReader): Compute {
  tokens.expect('(');
  const path = tokens.path();
  tokens.expect(',');
  const fallback = operand(tokens);
  tokens.expect(')');
  return (before) => readPath(before, path) ?? fallback(before);
}

function listAppend(tokens: TokenReader): Compute {
  tokens.expect('(');
  const first = operand(tokens);
  tokens.expect(',');
  const second = operand(tokens);
  tokens.expect(')');
  const listOf = (value: AttributeValue) =>
    value.L ?? invalid('An operand in the update expression has an incorrect data type');
  return (before) => ({ L: [...listOf(first(before)), ...listOf(second(before))] });
}

const FUNCTIONS: Readonly<Record<string, (tokens: TokenReader) => Compute>> = {
  if_not_exists: ifNotExists,
  list_append: listAppend,
};

function operand(tokens: TokenReader): Compute {
  const value = tokens.value();
  if (value !== undefined) return () => value;
  const read = FUNCTIONS[tokens.peek() ?? ''];
  if (read !== undefined) {
    tokens.next();
    return read(tokens);
  }
  const path = tokens.path();
  return (before) => readPath(before, path) ?? missing();
}

function numberOf(value: AttributeValue): number {
  return value.N === undefined
    ? invalid('An operand in the update expression has an incorrect data type')
    : Number(value.N);
}

function assigned(tokens: TokenReader): Compute {
  const first = operand(tokens);
  const sign = tokens.take('+') ? 1 : tokens.take('-') ? -1 : 0;
  if (sign === 0) return first;
  const second = operand(tokens);
  return (before) => ({ N: String(numberOf(first(before)) + sign * numberOf(second(before))) });
}

function setClause(tokens: TokenReader): Change {
  const path = tokens.path();
  tokens.expect('=');
  const compute = assigned(tokens);
  return { path, apply: (item, before) => writePath(item, path, structuredClone(compute(before))) };
}

function removeClause(tokens: TokenReader): Change {
  const path = tokens.path();
  return { path, apply: (item) => removePath(item, path) };
}

function setType(value: AttributeValue): 'SS' | 'NS' {
  if (value.SS !== undefined) return 'SS';
  return value.NS === undefined ? invalid('Incorrect operand type for operator or function') : 'NS';
}

function union(present: AttributeValue | undefined, added: AttributeValue): AttributeValue {
  const type = setType(added);
  const members = [...(present?.[type] ?? []), ...(added[type] ?? [])];
  return { [type]: [...new Set(members)] } as unknown as AttributeValue;
}

function addClause(tokens: TokenReader): Change {
  const path = tokens.path();
  const added = tokens.value() ?? invalid('Invalid UpdateExpression: ADD needs a value');
  return {
    path,
    apply: (item, before) => {
      const present = readPath(before, path);
      if (added.N === undefined) return writePath(item, path, union(present, added));
      const sum = (present === undefined ? 0 : numberOf(present)) + Number(added.N);
      return writePath(item, path, { N: String(sum) });
    },
  };
}

function deleteClause(tokens: TokenReader): Change {
  const path = tokens.path();
  const removed = tokens.value() ?? invalid('Invalid UpdateExpression: DELETE needs a value');
  return {
    path,
    apply: (item, before) => {
      const type = setType(removed);
      const left = (readPath(before, path)?.[type] ?? []).filter((member) => !removed[type]?.includes(member));
      if (left.length === 0) return removePath(item, path);
      return writePath(item, path, { [type]: left } as unknown as AttributeValue);
    },
  };
}

const CLAUSES: readonly (readonly [word: string, read: (tokens: TokenReader) => Change])[] = [
  ['SET', setClause],
  ['REMOVE', removeClause],
  ['ADD', addClause],
  ['DELETE', deleteClause],
];

/** `SET`, `REMOVE`, `ADD` and `DELETE`, each at most once, in any order. */
export function parseUpdate(tokens: TokenReader): Change[] {
  const changes: Change[] = [];
  const seen = new Set<string>();
  while (tokens.peek() !== undefined) {
    const clause = CLAUSES.find(([word]) => tokens.take(word));
    if (clause === undefined) return invalid(`Invalid UpdateExpression: Syntax error; token: "${tokens.peek()}"`);
    const [word, read] = clause;
    if (seen.has(word))
      invalid(`Invalid UpdateExpression: The "${word}" section can only be used once in an update expression;`);
    seen.add(word);
    do changes.push(read(tokens));
    while (tokens.take(','));
  }
  changes.forEach((change, index) => {
    if (changes.slice(index + 1).some((other) => overlap(change.path, other.path))) {
      invalid('Invalid UpdateExpression: Two document paths overlap with each other;');
    }
  });
  return changes;
}

/** The item after the changes. Removals from lists go from the back, so that positions keep their meaning. */
export function applyChanges(before: Item, changes: readonly Change[]): Item {
  const item = structuredClone(before);
  const position = (change: Change) => Number(change.path.at(-1)) || 0;
  for (const change of [...changes].sort((one, other) => position(other) - position(one))) change.apply(item, before);
  return item;
}
