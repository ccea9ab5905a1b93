import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';

export interface Call {
  readonly service: string;
  readonly operation: string;
  readonly status: number;
  /** The SDK's name for itself and for what it runs on. */
  readonly agent: string;
}

export interface Counter {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/** Stands before an emulator, passes everything on unchanged and notes each call of a deployed function. */
export async function countCalls(target: number, note: (call: Call) => void): Promise<Counter> {
  const server = createServer((incoming, outgoing) => pass({ target, note }, incoming, outgoing));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, stop: () => close(server) };
}

interface Way {
  readonly target: number;
  readonly note: (call: Call) => void;
}

function pass({ target, note }: Way, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const chunks: Buffer[] = [];
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  incoming.on('end', () => {
    const body = Buffer.concat(chunks);
    const { method, url: path, headers } = incoming;
    const upstream = request({ host: '127.0.0.1', port: target, method, path, headers }, (answer) => {
      note({ ...nameOf(incoming, body), status: answer.statusCode ?? 0, agent: headers['user-agent'] ?? '' });
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    upstream.on('error', () => outgoing.destroy());
    upstream.end(body);
  });
}

/** The names that AWS's protocols give: a target header, an Action of a form, a path of RPC or REST. */
function nameOf({ headers, method, url }: IncomingMessage, body: Buffer): Pick<Call, 'service' | 'operation'> {
  const scope = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '');
  const target = headers['x-amz-target'];
  const rpc = /\/operation\/(\w+)$/.exec(url ?? '')?.[1];
  const form = /(?:^|&)Action=(\w+)/.exec(body.toString('latin1'))?.[1];
  const named = (typeof target === 'string' ? target.split('.').at(-1) : undefined) ?? rpc ?? form;
  return { service: scope?.[1] ?? '?', operation: named ?? `${method} ${url?.split('?')[0]}` };
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
