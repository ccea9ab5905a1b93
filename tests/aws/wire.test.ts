import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createWorld } from '../../lib/aws/create-world.ts';

interface Sent {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A world whose clients speak the real protocol to a server that answers every request in the same way. */
async function worldThatAnswers(answer: string, status = 200) {
  const sent: Sent[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    sent.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(answer);
  });
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const world = createWorld({
    config: {
      region: 'eu-west-1',
      credentials: { accessKeyId: 'EXAMPLEACCESSKEYID', secretAccessKey: 'example' },
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      maxAttempts: 1,
    },
    self: { accountId: '111122223333', region: 'eu-west-1', partition: 'aws' },
    ledgerTable: 'ledger',
    topicArn: 'arn:aws:sns:eu-west-1:111122223333:alerts',
  });
  return { world, sent };
}

const definition = {
  taskDefinitionArn: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/orders:7',
  family: 'orders',
  revision: 7,
  status: 'ACTIVE',
  registeredAt: 1_788_256_800.5,
  memberOfTomorrow: { nested: [1, { deep: true }] },
  containerDefinitions: [{ name: 'app', image: 'example/app:1', essential: true, settingOfTomorrow: 'on' }],
  volumes: [{ name: 'data', volumeKindOfTomorrow: { id: 'x' } }],
};

test('a task definition keeps members that the SDK does not know', async () => {
  const answer = { taskDefinition: definition, tags: [{ key: 'team', value: 'shop' }] };
  const { world } = await worldThatAnswers(JSON.stringify(answer));
  const fact = await world.ecs.taskDefinition('orders');
  expect(fact).toMatchObject({
    state: 'present',
    value: { family: 'orders', revision: 7, tags: { team: 'shop' }, containers: [{ name: 'app' }] },
  });
  expect(fact.state === 'present' && fact.value.raw).toEqual(definition);
});

test('a registration sends members that the SDK does not know, and is signed as sent', async () => {
  const { world, sent } = await worldThatAnswers(JSON.stringify({ taskDefinition: { ...definition, revision: 8 } }));
  const { taskDefinitionArn: _arn, revision: _revision, registeredAt: _at, status: _status, ...input } = definition;
  await expect(world.ecs.register(input)).resolves.toEqual({ arn: definition.taskDefinitionArn, revision: 8 });
  expect(JSON.parse(sent[0]?.body ?? '')).toEqual(input);
  expect(sent[0]?.headers['content-length']).toBe(String(Buffer.byteLength(sent[0]?.body ?? '')));
  expect(sent[0]?.headers['x-amz-target']).toBe('AmazonEC2ContainerServiceV20141113.RegisterTaskDefinition');
  expect(sent[0]?.headers['authorization']).toMatch(/^AWS4-HMAC-SHA256 /);
});

test('an error keeps its code and message', async () => {
  const missing = JSON.stringify({ __type: 'ClientException', message: 'Unable to describe task definition.' });
  const absent = await worldThatAnswers(missing, 400);
  expect(await absent.world.ecs.taskDefinition('orders')).toEqual({ state: 'absent' });
  const denied = await worldThatAnswers(JSON.stringify({ __type: 'AccessDeniedException', message: 'no' }), 400);
  await expect(denied.world.ecs.register({ family: 'orders' })).rejects.toMatchObject({
    kind: 'denied',
    message: 'denied: this role may not call ecs:RegisterTaskDefinition',
  });
});

test('an answer that is not JSON is no answer', async () => {
  const { world } = await worldThatAnswers('<html>502 Bad Gateway</html>', 502);
  expect(await world.ecs.taskDefinition('orders')).toEqual({
    state: 'unknown',
    why: 'no answer: AWS did not answer ecs:DescribeTaskDefinition (HTTP 502)',
  });
  await expect(world.ecs.register({ family: 'orders' })).rejects.toMatchObject({ kind: 'transient', code: 'HTTP 502' });
});
