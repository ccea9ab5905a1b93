import { type BusEvent, createBus, type NewEvent } from '../../lib/simulator/bus.ts';

const STOPPED: NewEvent = {
  'detail-type': 'ECS Task State Change',
  source: 'aws.ecs',
  account: '111122223333',
  time: '2026-09-01T10:00:00Z',
  region: 'eu-west-1',
  resources: [],
  detail: { lastStatus: 'STOPPED' },
};

test('an event reaches the subscribers whose pattern it matches, and no other', async () => {
  const bus = createBus();
  const seen: string[] = [];
  bus.subscribe('remediate', { source: ['aws.ecs'] }, (event) => void seen.push(`remediate ${event.source}`));
  bus.subscribe('drift', { source: ['aws.elasticfilesystem'] }, () => void seen.push('drift'));
  bus.publish(STOPPED);
  await bus.drain();
  expect(seen).toEqual(['remediate aws.ecs']);
});

test('nothing is delivered before the bus is drained', () => {
  const bus = createBus();
  bus.subscribe('remediate', { source: ['aws.ecs'] }, () => undefined);
  bus.publish(STOPPED);
  expect([bus.queued, bus.deliveries.length]).toEqual([1, 0]);
});

test('what a delivery publishes is delivered in the same drain', async () => {
  const bus = createBus();
  bus.subscribe('first', { source: ['aws.ecs'] }, () => void bus.publish({ ...STOPPED, source: 'aws.efs' }));
  bus.subscribe('second', { source: ['aws.efs'] }, () => undefined);
  bus.publish(STOPPED);
  await bus.drain();
  expect(bus.deliveries.map(({ subscriber }) => subscriber)).toEqual(['first', 'second']);
});

test('events that feed themselves end in an error', async () => {
  const bus = createBus();
  bus.subscribe('loop', { source: ['aws.ecs'] }, () => void bus.publish(STOPPED));
  bus.publish(STOPPED);
  await expect(bus.drain(50)).rejects.toThrow('does an event feed itself?');
});

test('a target that fails is tried three times, then the event is a dead letter', async () => {
  const bus = createBus();
  bus.subscribe('broken', { source: ['aws.ecs'] }, () => Promise.reject(new Error('no')));
  const event = bus.publish(STOPPED);
  await bus.drain();
  expect(bus.deadLetters).toEqual([{ subscriber: 'broken', event, error: new Error('no') }]);
});

test('a target that fails once gets the event again', async () => {
  const bus = createBus();
  let calls = 0;
  bus.subscribe('shaky', { source: ['aws.ecs'] }, () => {
    calls += 1;
    if (calls === 1) throw new Error('once');
  });
  bus.publish(STOPPED);
  await bus.drain();
  expect(bus.deliveries).toEqual([{ subscriber: 'shaky', eventId: bus.events[0]?.id, attempts: 2 }]);
});

test('a target that changes its event changes nobody else’s', async () => {
  const bus = createBus();
  bus.subscribe('careless', { source: ['aws.ecs'] }, (event) =>
    Object.assign(event.detail as object, { lastStatus: 'X' }),
  );
  const seen: BusEvent[] = [];
  bus.subscribe('second', { source: ['aws.ecs'] }, (event) => void seen.push(event));
  bus.publish(STOPPED);
  await bus.drain();
  expect(seen.map(({ detail }) => detail)).toEqual([{ lastStatus: 'STOPPED' }]);
});

test('a subscription that was taken back gets nothing more', async () => {
  const bus = createBus();
  const leave = bus.subscribe('gone', { source: ['aws.ecs'] }, () => undefined);
  leave();
  bus.publish(STOPPED);
  expect(await bus.drain()).toBe(0);
});

test('every event has an id of its own', () => {
  const bus = createBus();
  expect(bus.publish(STOPPED).id).not.toBe(bus.publish(STOPPED).id);
});
