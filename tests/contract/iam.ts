import type { Case, Step } from './case.ts';

const TRUST =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole"}]}';
const GRANT =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"elasticfilesystem:ClientMount","Resource":"*"}]}';
const READ_WRITE = 'arn:aws:iam::aws:policy/AmazonElasticFileSystemClientReadWriteAccess';

const ROLE: Step = {
  call: 'IAM.CreateRole',
  input: {
    RoleName: 'orders-task',
    AssumeRolePolicyDocument: TRUST,
    Tags: [{ Key: 'mountkeeper:allow', Value: 'true' }],
  },
  as: 'role',
};
const PUT: Step = {
  call: 'IAM.PutRolePolicy',
  input: { RoleName: 'orders-task', PolicyName: 'mountkeeper-efs', PolicyDocument: GRANT },
};

export const iamCases: readonly Case[] = [
  {
    name: 'a role is told with its tags',
    steps: [
      ROLE,
      {
        call: 'IAM.GetRole',
        input: { RoleName: 'orders-task' },
        expect: {
          Role: {
            RoleName: 'orders-task',
            Arn: 'arn:aws:iam::111122223333:role/orders-task',
            Tags: [{ Key: 'mountkeeper:allow', Value: 'true' }],
          },
        },
      },
    ],
  },
  {
    name: 'an unknown role is NoSuchEntityException, whatever is asked of it',
    steps: [
      { call: 'IAM.GetRole', input: { RoleName: 'unknown' }, fails: { name: 'NoSuchEntityException' } },
      { call: 'IAM.ListRolePolicies', input: { RoleName: 'unknown' }, fails: { name: 'NoSuchEntityException' } },
      {
        call: 'IAM.PutRolePolicy',
        input: { RoleName: 'unknown', PolicyName: 'efs', PolicyDocument: GRANT },
        fails: { name: 'NoSuchEntityException' },
      },
    ],
  },
  {
    name: 'an inline policy is told URL-encoded, as it was put',
    steps: [
      ROLE,
      PUT,
      {
        call: 'IAM.GetRolePolicy',
        input: { RoleName: 'orders-task', PolicyName: 'mountkeeper-efs' },
        expect: { PolicyName: 'mountkeeper-efs', PolicyDocument: encodeURIComponent(GRANT) },
      },
      {
        call: 'IAM.ListRolePolicies',
        input: { RoleName: 'orders-task' },
        expect: { PolicyNames: ['mountkeeper-efs'] },
      },
    ],
  },
  {
    name: 'an inline policy put again is replaced',
    steps: [
      ROLE,
      PUT,
      {
        call: 'IAM.PutRolePolicy',
        input: {
          RoleName: 'orders-task',
          PolicyName: 'mountkeeper-efs',
          PolicyDocument: GRANT.replace('ClientMount', 'ClientWrite'),
        },
      },
      {
        call: 'IAM.GetRolePolicy',
        input: { RoleName: 'orders-task', PolicyName: 'mountkeeper-efs' },
        expect: { PolicyDocument: /^(?!.*ClientMount).*ClientWrite/ },
      },
      { call: 'IAM.ListRolePolicies', input: { RoleName: 'orders-task' }, expect: { PolicyNames: [/./] } },
    ],
  },
  {
    name: 'a policy document that is no JSON is refused',
    steps: [
      ROLE,
      {
        call: 'IAM.PutRolePolicy',
        input: { RoleName: 'orders-task', PolicyName: 'efs', PolicyDocument: '{' },
        fails: { name: 'MalformedPolicyDocumentException' },
      },
    ],
  },
  {
    name: 'an inline policy is deleted once',
    steps: [
      ROLE,
      PUT,
      { call: 'IAM.DeleteRolePolicy', input: { RoleName: 'orders-task', PolicyName: 'mountkeeper-efs' } },
      {
        call: 'IAM.GetRolePolicy',
        input: { RoleName: 'orders-task', PolicyName: 'mountkeeper-efs' },
        fails: { name: 'NoSuchEntityException' },
      },
      {
        call: 'IAM.DeleteRolePolicy',
        input: { RoleName: 'orders-task', PolicyName: 'mountkeeper-efs' },
        fails: { name: 'NoSuchEntityException' },
      },
    ],
  },
  {
    name: 'an attached policy of AWS is listed, and its document can be read',
    steps: [
      ROLE,
      { call: 'IAM.AttachRolePolicy', input: { RoleName: 'orders-task', PolicyArn: READ_WRITE } },
      {
        call: 'IAM.ListAttachedRolePolicies',
        input: { RoleName: 'orders-task' },
        expect: { AttachedPolicies: [{ PolicyArn: READ_WRITE }] },
      },
      {
        call: 'IAM.GetPolicy',
        input: { PolicyArn: READ_WRITE },
        as: 'policy',
        expect: { Policy: { Arn: READ_WRITE } },
      },
      {
        call: 'IAM.GetPolicyVersion',
        input: { PolicyArn: READ_WRITE, VersionId: '$policy.Policy.DefaultVersionId' },
        expect: { PolicyVersion: { Document: /ClientMount.*ClientWrite|ClientWrite.*ClientMount/ } },
      },
    ],
  },
];
