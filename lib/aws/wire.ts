/**
 * The SDK reads and writes by its own model and drops every member that it does not know. A task definition made from
 * such an answer would lose what AWS added since. ECS speaks plain JSON, so both ways can be kept whole.
 */
interface Stack {
  add(middleware: never, place: never): void;
}

type Next = (args: never) => Promise<{ response: { statusCode?: number; body?: unknown } }>;

const INSIDE_DESERIALIZER = { step: 'deserialize', priority: 'low', name: 'keepAnswer' };
const INSIDE_SERIALIZER = { step: 'serialize', priority: 'low', name: 'sendWhole' };

/** Gives the JSON of the answer once it is there; undefined where no bytes came, as from a simulated account. */
export function keepAnswer(stack: Stack): () => Readonly<Record<string, unknown>> | undefined {
  let answer: Readonly<Record<string, unknown>> | undefined;
  const middleware = (next: Next) => async (args: never) => {
    const result = await next(args);
    const bytes = await bytesOf(result.response.body);
    result.response.body = bytes;
    answer = parse(bytes);
    return result;
  };
  stack.add(middleware as never, INSIDE_DESERIALIZER as never);
  return () => answer;
}

/** Writes the whole input as the request's body: there are no dates or bytes in it that would need another form. */
export function sendWhole(stack: Stack): void {
  const middleware = (next: Next) => async (args: { input: object; request?: { body?: unknown } }) => {
    if (args.request !== undefined) args.request.body = JSON.stringify(args.input);
    return next(args as never);
  };
  stack.add(middleware as never, INSIDE_SERIALIZER as never);
}

function parse(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    // Not JSON: the SDK will say what is wrong with it.
    return undefined;
  }
}

async function bytesOf(body: unknown): Promise<Uint8Array> {
  if (body instanceof Uint8Array) return body;
  const chunks: Uint8Array[] = [];
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
