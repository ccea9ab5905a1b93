import { parseConnection } from '../../lib/keepers/drift/connection.ts';

const SELF = { accountId: '111122223333', region: 'eu-west-1', partition: 'aws' };

function connection(accessPoint: string, fileSystem = 'fs-0123456789abcdef0'): unknown {
  const arn = (rest: string) => `arn:aws:elasticfilesystem:eu-west-1:111122223333:${rest}`;
  return {
    source: 'aws.elasticfilesystem',
    account: SELF.accountId,
    region: SELF.region,
    detail: {
      eventName: 'NewClientConnection',
      resources: [
        { type: 'AWS::EFS::AccessPoint', ARN: arn(`access-point/${accessPoint}`) },
        { type: 'AWS::EFS::FileSystem', ARN: arn(`file-system/${fileSystem}`) },
      ],
      serviceEventDetails: { sourceIpAddress: '10.0.0.9', permissions: { ClientMount: true } },
    },
  };
}

test('a connection through an access point is a proof', () => {
  expect(parseConnection(connection('fsap-0123456789abcdef0'), SELF)).toMatchObject({
    accessPointId: 'fsap-0123456789abcdef0',
    fileSystemId: 'fs-0123456789abcdef0',
    address: '10.0.0.9',
  });
});

test.each([
  ['fsap-0', 'fs-0123456789abcdef0'],
  ['x'.repeat(3_000), 'fs-0123456789abcdef0'],
  ['fsap-0123456789abcdef0\n', 'fs-0123456789abcdef0'],
  ['fsap-0123456789abcdef0', 'lease#sweep'],
  ['fs-0123456789abcdef0', 'fs-0123456789abcdef0'],
])('but not what only looks like ids, %#', (accessPoint, fileSystem) => {
  expect(parseConnection(connection(accessPoint, fileSystem), SELF)).toHaveProperty('why');
});
