import { parse } from '../../lib/keepers/drift/parse.ts';

const SELF = { accountId: '111122223333', region: 'eu-west-1', partition: 'aws' };
const GROUP = 'sg-0123456789abcdef0';

function ec2Call(eventName: string, requestParameters: object): unknown {
  return {
    'detail-type': 'AWS API Call via CloudTrail',
    source: 'aws.ec2',
    account: SELF.accountId,
    region: SELF.region,
    detail: { eventName, eventSource: 'ec2.amazonaws.com', requestParameters },
  };
}

test.each([
  ['RevokeSecurityGroupIngress', { groupId: GROUP, ipPermissions: {} }],
  ['DeleteSecurityGroup', { groupId: GROUP }],
  ['ModifySecurityGroupRules', { groupId: GROUP }],
  // As CloudTrail has it: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
  [
    'ModifySecurityGroupRules',
    {
      ModifySecurityGroupRulesRequest: { GroupId: GROUP, SecurityGroupRule: { SecurityGroupRuleId: 'sgr-0', tag: 1 } },
    },
  ],
])('%s names the group that was changed', (eventName, request) => {
  const parsed = parse(ec2Call(eventName, request), SELF);
  expect(parsed).toMatchObject({ kind: 'go', lease: `drift ${GROUP}`, input: { kind: 'changed', resource: GROUP } });
});

test.each([
  [{ ModifySecurityGroupRulesRequest: { GroupId: 'lease#sweep' } }],
  [{ ModifySecurityGroupRulesRequest: GROUP }],
  [{ ModifySecurityGroupRulesRequest: null }],
  [{ groupId: [GROUP] }],
  [{}],
])('but %j names none', (request) => {
  expect(parse(ec2Call('ModifySecurityGroupRules', request), SELF).kind).toBe('ignore');
});
