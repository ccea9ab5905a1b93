import { EC2ServiceException } from '@aws-sdk/client-ec2';
import { rememberAction } from '../../lib/aws/calls.ts';
import { existingAccessPoint, raceWinner, toFact, toRefusal } from '../../lib/aws/errors.ts';
import { Refusal, type RefusalKind } from '../../lib/refusal.ts';
import { SimulatedCrash } from '../../lib/simulator/faults.ts';

function awsError(name: string, message = '', $fault: 'client' | 'server' = 'client'): Error {
  return new EC2ServiceException({ name, message, $fault, $metadata: {} });
}

const KINDS: readonly (readonly [RefusalKind, ...string[]])[] = [
  ['locked', 'TooManyRequests'],
  ['gone', 'FileSystemNotFound', 'AccessPointNotFound', 'MountTargetNotFound', 'PolicyNotFound', 'ParameterNotFound'],
  ['gone', 'ClusterNotFoundException', 'ServiceNotFoundException', 'ServiceNotActiveException', 'NotFoundException'],
  ['gone', 'InvalidGroup.NotFound', 'InvalidSecurityGroupRuleId.NotFound', 'InvalidPermission.NotFound'],
  ['gone', 'NoSuchEntity', 'NoSuchEntityException', 'ResourceNotFoundException'],
  ['denied', 'AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', 'AuthorizationErrorException'],
  ['denied', 'ExpiredTokenException', 'UnrecognizedClientException', 'InvalidSignatureException', 'AuthFailure'],
  ['denied', 'KMSAccessDeniedException'],
  ['transient', 'Throttling', 'ThrottlingException', 'ThrottledException', 'RequestLimitExceeded'],
  ['transient', 'TooManyRequestsException', 'ProvisionedThroughputExceededException', 'InsufficientThroughputCapacity'],
  ['conflict', 'IncorrectFileSystemLifeCycleState', 'IncorrectMountTargetState', 'ConcurrentModificationException'],
  ['conflict', 'ConditionalCheckFailedException', 'UpdateInProgressException', 'TooManyUpdates'],
  ['permanent', 'RulesPerSecurityGroupLimitExceeded', 'AccessPointLimitExceeded', 'ThroughputLimitExceeded'],
  ['permanent', 'BadRequest', 'InvalidGroupId.Malformed', 'MalformedPolicyDocument', 'SomethingOfTomorrow'],
];

test.each(KINDS.flatMap(([kind, ...codes]) => codes.map((code) => ({ kind, code }))))(
  '$code is $kind',
  ({ kind, code }) => {
    expect(toRefusal(awsError(code, 'text'))).toMatchObject({ kind, code, message: expect.stringMatching(/./) });
    expect(toFact(awsError(code, 'text')).state).toBe(kind === 'gone' ? 'absent' : 'unknown');
  },
);

test('an unknown server fault is worth another try', () => {
  expect(toRefusal(awsError('SomethingOfTomorrow', '', 'server')).kind).toBe('transient');
});

test('no answer at all is worth another try', () => {
  const timeout = Object.assign(new Error('no answer'), { name: 'TimeoutError' });
  const reset = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
  expect([toRefusal(timeout).kind, toRefusal(reset).kind]).toEqual(['transient', 'transient']);
  expect(toRefusal(reset).code).toBe('ECONNRESET');
  expect(toFact(timeout)).toEqual({ state: 'unknown', why: 'no answer: AWS did not answer the call (TimeoutError)' });
});

test('the missing permission is named: from the call, or as AWS names it', () => {
  const silent = awsError('UnauthorizedOperation', 'You are not authorized to perform this operation.');
  rememberAction(silent, 'ec2:DescribeSubnets');
  expect(toFact(silent)).toEqual({ state: 'unknown', why: 'denied: this role may not call ec2:DescribeSubnets' });
  const named = awsError(
    'AccessDeniedException',
    'User: arn:aws:sts::1:x is not authorized to perform: iam:PassRole on …',
  );
  rememberAction(named, 'ecs:RegisterTaskDefinition');
  expect(toRefusal(named).message).toBe('denied: this role may not call iam:PassRole');
});

test('throttling and other refusals name the call', () => {
  const throttled = awsError('Throttling', 'Rate exceeded');
  rememberAction(throttled, 'iam:GetRole');
  expect(toFact(throttled)).toEqual({ state: 'unknown', why: 'throttled: AWS took no more calls of iam:GetRole' });
  const refused = awsError('BadRequest', 'no\nsuch\tthing');
  rememberAction(refused, 'elasticfilesystem:DescribeFileSystems');
  expect(toFact(refused)).toEqual({
    state: 'unknown',
    why: 'refused: AWS answered elasticfilesystem:DescribeFileSystems with BadRequest: no such thing',
  });
});

test('a missing task definition is absent, another ClientException is not', () => {
  expect(toFact(awsError('ClientException', 'Unable to describe task definition.')).state).toBe('absent');
  expect(toFact(awsError('ClientException', 'Family cannot be empty.')).state).toBe('unknown');
});

test.each([
  ['You can change the mode once a day. Wait until 2026-09-02T10:00:00Z UTC and try again.', Date.UTC(2026, 8, 2, 10)],
  ['wait until 2026-09-02T10:00:00.5 UTC', Date.UTC(2026, 8, 2, 10, 0, 0, 500)],
  ['Wait until tomorrow', undefined],
  ['', undefined],
])('the end of the lock is read from "%s"', (message, untilMs) => {
  expect(toRefusal(awsError('TooManyRequests', message))).toMatchObject({ kind: 'locked', untilMs });
});

test('a long text of AWS is cut', () => {
  expect(toRefusal(awsError('BadRequest', 'x'.repeat(5_000))).message).toHaveLength(501);
});

test('a refusal stays what it is', () => {
  const refusal = new Refusal('gone', 'X', { message: 'gone' });
  expect(toRefusal(refusal)).toBe(refusal);
});

test.each([new SimulatedCrash('here'), new TypeError('a fault of ours'), 'text', undefined])(
  'what AWS did not say is thrown on as it is: %p',
  (thrown) => {
    const catching = (sort: (error: unknown) => unknown) => {
      try {
        return { answered: sort(thrown) };
      } catch (error) {
        return { threw: error };
      }
    };
    expect([catching(toFact), catching(toRefusal)]).toEqual([{ threw: thrown }, { threw: thrown }]);
  },
);

test('what the error carries is only read from the error that carries it', () => {
  const exists = Object.assign(awsError('AccessPointAlreadyExists'), { AccessPointId: 'fsap-0a' });
  const race = Object.assign(awsError('ConditionalCheckFailedException'), { Item: { writer: { S: 'run-1' } } });
  expect([existingAccessPoint(exists), existingAccessPoint(race), existingAccessPoint(new Error('x'))]).toEqual([
    'fsap-0a',
    undefined,
    undefined,
  ]);
  expect([raceWinner(race), raceWinner(awsError('ConditionalCheckFailedException')), raceWinner(exists)]).toEqual([
    { writer: 'run-1' },
    {},
    undefined,
  ]);
});
