import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '../../../lib/keepers/provision/parse.ts';

const SELF = { accountId: '111122223333', region: 'eu-west-1', partition: 'aws' };

function sample(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(__dirname, '..', '..', '..', 'events', name), 'utf8'));
}

function inputOf(name: string) {
  const parsed = parse(sample(name), SELF);
  return parsed.kind === 'go' ? { ...parsed.input, lease: parsed.lease } : parsed;
}

const FAMILY = { family: 'shop-api', byHand: false, lease: 'family shop-api' };

describe('what is heard', () => {
  test.each([
    [
      'ecs-register-task-definition.json',
      { ...FAMILY, heard: 'register', revision: 7, untagged: [], userAgent: 'aws-cli/2.x' },
    ],
    ['ecs-tag-resource.json', { ...FAMILY, heard: 'tag', revision: 7, untagged: [] }],
    ['ecs-untag-resource.json', { ...FAMILY, heard: 'untag', revision: 7, untagged: ['mountkeeper:enabled'] }],
    ['ecs-deregister-task-definition.json', { ...FAMILY, heard: 'deregister', untagged: [] }],
    ['aws-tag-change-task-definition.json', { ...FAMILY, heard: 'tag', revision: 7, untagged: [] }],
    ['by-hand/provision-family.json', { ...FAMILY, byHand: true, heard: 'request', untagged: [] }],
    [
      'by-hand/provision-task-definition.json',
      { ...FAMILY, byHand: true, heard: 'request', revision: 7, untagged: [] },
    ],
  ])('%s', (name, expected) => {
    expect(inputOf(name)).toMatchObject(expected);
  });

  test('the excerpt of a captured record, with most members missing', () => {
    expect(parse(sample('ecs-register-task-definition-excerpt.json'), { ...SELF, region: 'us-east-1' }).kind).toBe(
      'go',
    );
  });

  test.each(['CreateService', 'UpdateService'])('%s, with the service as a hint', (eventName) => {
    const event = sample('ecs-tag-resource.json');
    const serviceArn = 'arn:aws:ecs:eu-west-1:111122223333:service/prod/shop';
    const clusterArn = 'arn:aws:ecs:eu-west-1:111122223333:cluster/prod';
    const taskDefinition = 'arn:aws:ecs:eu-west-1:111122223333:task-definition/shop-api:7';
    const detail = {
      ...(event['detail'] as object),
      eventName,
      requestParameters: { service: 'shop', forceNewDeployment: true },
      responseElements: { service: { serviceArn, clusterArn, taskDefinition } },
    };
    expect(parse({ ...event, detail }, SELF)).toMatchObject({
      kind: 'go',
      input: { family: 'shop-api', heard: 'service', service: { serviceArn, clusterArn } },
    });
  });

  test('a service that only scales is none of ours', () => {
    const event = sample('ecs-tag-resource.json');
    const requestParameters = { cluster: 'prod', service: 'shop', desiredCount: 3 };
    const detail = { ...(event['detail'] as object), eventName: 'UpdateService', requestParameters };
    expect(parse({ ...event, detail }, SELF)).toEqual({ kind: 'ignore', why: 'only the number of tasks was changed' });
  });

  test('a key that is gone from aws.tag is taken back, a key that stays is set', () => {
    const event = sample('aws-tag-change-task-definition.json');
    const detail = { ...(event['detail'] as object), tags: { team: 'shop' } };
    expect(parse({ ...event, detail }, SELF)).toMatchObject({
      input: { heard: 'untag', untagged: ['mountkeeper:enabled'] },
    });
  });
});

describe('quiet ends', () => {
  const event = sample('ecs-register-task-definition.json');
  const detail = event['detail'] as Record<string, unknown>;
  const ours = {
    sessionContext: { sessionIssuer: { arn: 'arn:aws:iam::111122223333:role/mountkeeper-provision-eu-west-1' } },
  };

  test.each([
    [
      'a failed call',
      { ...event, detail: { ...detail, errorCode: 'ClientException' } },
      'the call failed with ClientException',
    ],
    ['our own call', { ...event, detail: { ...detail, userIdentity: ours } }, 'the call is our own'],
    ['another account', { ...event, account: '444455556666' }, 'the event is of another account or Region'],
    ['another Region', { ...event, region: 'us-east-1' }, 'the event is of another account or Region'],
    [
      'another call',
      { ...event, detail: { ...detail, eventName: 'RunTask' } },
      '"RunTask" is no call that provisioning listens to',
    ],
    [
      'another service',
      sample('efs-delete-access-point.json'),
      '"DeleteAccessPoint" is no call that provisioning listens to',
    ],
    [
      'tags of a cluster',
      withResource('arn:aws:ecs:eu-west-1:111122223333:cluster/prod'),
      'the tagged resource is no task definition',
    ],
    ['no shape at all', { 'detail-type': 'AWS API Call via CloudTrail' }, 'not an AWS API Call via CloudTrail'],
    [
      'a family that is none',
      { ...event, detail: { ...detail, requestParameters: { family: 'a b' }, responseElements: {} } },
      'the event names no task definition',
    ],
  ])('%s', (_what, trigger, why) => {
    expect(parse(trigger, SELF)).toEqual({ kind: 'ignore', why });
  });

  test('a role of another account that is called like ours is not ours', () => {
    const identity = JSON.parse(JSON.stringify(ours).replace('111122223333', '444455556666'));
    expect(parse({ ...event, detail: { ...detail, userIdentity: identity } }, SELF).kind).toBe('go');
  });
});

function withResource(resourceArn: string) {
  const event = sample('ecs-tag-resource.json');
  return { ...event, detail: { ...(event['detail'] as object), requestParameters: { resourceArn } } };
}

describe('requests by hand', () => {
  test('every mistake is told at once, with what was expected', () => {
    expect(parse({ taskDefinition: 7, dryRun: 'yes', family: 'shop' }, SELF)).toMatchObject({
      kind: 'bad',
      problems: [
        { field: 'taskDefinition', got: '7' },
        { field: 'dryRun', got: '"yes"', expected: 'true or false' },
        { field: 'family' },
      ],
    });
  });

  test.each([[[]], ['shop'], [null], [{}], [{ taskDefinition: '../x' }]])('%j is refused', (request) => {
    expect(parse(request, SELF).kind).toBe('bad');
  });

  test('an ARN of another account is refused', () => {
    const taskDefinition = 'arn:aws:ecs:eu-west-1:444455556666:task-definition/shop:1';
    expect(parse({ taskDefinition }, SELF)).toMatchObject({ kind: 'bad', problems: [{ field: 'taskDefinition' }] });
  });
});
