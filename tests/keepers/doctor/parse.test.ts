import { parse } from '../../../lib/keepers/doctor/parse.ts';

const SELF = { accountId: '111122223333', region: 'eu-west-1', partition: 'aws' };

test.each([
  [{ family: 'shop' }, { reference: 'shop', format: 'json' }],
  [
    { taskDefinition: 'shop:7', format: 'html' },
    { reference: 'shop:7', format: 'html' },
  ],
  [{ all: true, format: 'text' }, { format: 'text' }],
  [
    { family: 'job', cluster: 'batch' },
    { reference: 'job', cluster: 'batch', format: 'json' },
  ],
])('%j is understood', (request, input) => {
  expect(parse(request, SELF)).toEqual({ kind: 'go', input, byHand: true, dryRun: true });
});

test.each([
  [null, '(the request)'],
  [{}, '(the request)'],
  [{ family: 'shop', all: true }, '(the request)'],
  [{ family: 'no spaces' }, 'family'],
  [{ taskDefinition: 'shop:0' }, 'taskDefinition'],
  [{ taskDefinition: 'arn:aws:ecs:eu-west-1:444455556666:task-definition/shop:1' }, 'taskDefinition'],
  [{ all: false }, 'all'],
  [{ all: true, format: 'pdf' }, 'format'],
  [{ all: true, cluster: 'a b' }, 'cluster'],
  [{ all: true, verbose: true }, 'verbose'],
])('%j is refused by field', (request, field) => {
  expect(parse(request, SELF)).toMatchObject({ kind: 'bad', problems: [{ field }] });
});

test('an event is none of its business', () => {
  expect(parse({ 'detail-type': 'ECS Task State Change' }, SELF)).toMatchObject({ kind: 'ignore' });
});
