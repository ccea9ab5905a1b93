import { createWorld } from '../../lib/aws/create-world.ts';

interface Sent {
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** A world whose clients speak the real protocol to a handler that answers every request with this JSON. */
function worldThatAnswers(answer: object) {
  const sent: Sent[] = [];
  const world = createWorld({
    config: {
      region: 'eu-west-1',
      credentials: { accessKeyId: 'EXAMPLEACCESSKEYID', secretAccessKey: 'example' },
      requestHandler: {
        handle: async (request: Sent) => {
          sent.push(request);
          const body = new ReadableStream({
            start(stream) {
              stream.enqueue(Buffer.from(JSON.stringify(answer)));
              stream.close();
            },
          });
          return { response: { statusCode: 200, headers: {}, body } };
        },
      } as never,
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
  const { world } = worldThatAnswers({ taskDefinition: definition, tags: [{ key: 'team', value: 'shop' }] });
  const fact = await world.ecs.taskDefinition('orders');
  expect(fact).toMatchObject({
    state: 'present',
    value: { family: 'orders', revision: 7, tags: { team: 'shop' }, containers: [{ name: 'app' }] },
  });
  expect(fact.state === 'present' && fact.value.raw).toEqual(definition);
});

test('a registration sends members that the SDK does not know, and is signed as sent', async () => {
  const { world, sent } = worldThatAnswers({ taskDefinition: { ...definition, revision: 8 } });
  const { taskDefinitionArn: _arn, revision: _revision, registeredAt: _at, status: _status, ...input } = definition;
  await expect(world.ecs.register(input)).resolves.toEqual({ arn: definition.taskDefinitionArn, revision: 8 });
  expect(JSON.parse(sent[0]?.body ?? '')).toEqual(input);
  expect(sent[0]?.headers['content-length']).toBe(String(Buffer.byteLength(sent[0]?.body ?? '')));
  expect(sent[0]?.headers['x-amz-target']).toBe('AmazonEC2ContainerServiceV20141113.RegisterTaskDefinition');
  expect(sent[0]?.headers['authorization']).toMatch(/^AWS4-HMAC-SHA256 /);
});
