import type {
  DeleteParameterRequest,
  DeleteParametersRequest,
  DeleteParametersResult,
  GetParameterRequest,
  GetParameterResult,
  GetParametersByPathRequest,
  GetParametersByPathResult,
  GetParametersRequest,
  GetParametersResult,
  Parameter,
  PutParameterRequest,
  PutParameterResult,
} from '@aws-sdk/client-ssm';
import type { Account, Handlers } from '../account.ts';
import { type SimulatedError, simError } from '../errors.ts';
import { pageOf, pageSize } from '../paging.ts';
import type { SimParameter } from '../state.ts';
import { tagTrouble, toSimTags } from '../tags.ts';

const PAGE = 10;
const MOST_CHARACTERS = 4_096;
const NAME = /^[a-zA-Z0-9_.\-/]{1,1011}$/;
const MOST_LEVELS = 15;

function notFound(name: string | undefined): SimulatedError {
  return simError('ParameterNotFound', 400, `Parameter ${name} not found.`);
}

function invalid(message: string): never {
  throw simError('ValidationException', 400, message);
}

function describe(account: Account, parameter: SimParameter): Parameter {
  return {
    Name: parameter.name,
    Type: parameter.type as NonNullable<Parameter['Type']>,
    Value: parameter.value,
    Version: parameter.version,
    LastModifiedDate: new Date(parameter.modifiedAtMs),
    ARN: `arn:aws:ssm:${account.region}:${account.accountId}:parameter/${parameter.name.replace(/^\//, '')}`,
    DataType: 'text',
  };
}

function getParameter(account: Account, input: GetParameterRequest): GetParameterResult {
  const found = account.state.ssm.parameters[input.Name ?? ''];
  if (found === undefined) throw notFound(input.Name);
  return { Parameter: describe(account, found) };
}

function tenNames(names: readonly string[] | undefined): readonly string[] {
  return names !== undefined && names.length >= 1 && names.length <= PAGE
    ? [...new Set(names)]
    : invalid(`1 to ${PAGE} names are allowed in a call`);
}

function getParameters(account: Account, input: GetParametersRequest): GetParametersResult {
  const names = tenNames(input.Names);
  const found = names.flatMap((name) => account.state.ssm.parameters[name] ?? []);
  return {
    Parameters: found.map((parameter) => describe(account, parameter)),
    InvalidParameters: names.filter((name) => account.state.ssm.parameters[name] === undefined),
  };
}

function getByPath(account: Account, input: GetParametersByPathRequest): GetParametersByPathResult {
  const prefix = `${(input.Path ?? '').replace(/\/$/, '')}/`;
  if (!prefix.startsWith('/')) invalid('The parameter path must begin with a forward slash "/".');
  const all = Object.values(account.state.ssm.parameters)
    .filter(({ name }) => name.startsWith(prefix))
    .filter(({ name }) => input.Recursive === true || !name.slice(prefix.length).includes('/'))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  const request = { token: input.NextToken, size: pageSize(input.MaxResults, PAGE), invalid: 'InvalidNextToken' };
  const page = pageOf(all, request);
  return { Parameters: page.items.map((parameter) => describe(account, parameter)), NextToken: page.next };
}

function checkPut(input: PutParameterRequest, present: SimParameter | undefined): void {
  const name = input.Name ?? '';
  if (!NAME.test(name)) invalid(`Parameter name '${name}' has characters that are not allowed`);
  if (name.split('/').length - 1 > MOST_LEVELS) {
    throw simError('HierarchyLevelLimitExceededException', 400, `A hierarchy has at most ${MOST_LEVELS} levels`);
  }
  const value = input.Value ?? '';
  if (value === '' || value.length > MOST_CHARACTERS) invalid(`Value must have 1 to ${MOST_CHARACTERS} characters`);
  if (present === undefined && input.Type === undefined)
    invalid('A parameter type is required when you create a parameter.');
  if (present !== undefined && input.Overwrite !== true) {
    const message =
      'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.';
    throw simError('ParameterAlreadyExists', 400, message);
  }
  if (input.Overwrite === true && input.Tags !== undefined) invalid('Tags and overwrite cannot be used together');
  const trouble = tagTrouble(input.Tags ?? []);
  if (trouble !== undefined) invalid(trouble);
}

function putParameter(account: Account, input: PutParameterRequest): PutParameterResult {
  const name = input.Name ?? '';
  const present = account.state.ssm.parameters[name];
  checkPut(input, present);
  const version = (present?.version ?? 0) + 1;
  account.state.ssm.parameters[name] = {
    ...present,
    name,
    type: input.Type ?? present?.type ?? 'String',
    value: input.Value ?? '',
    version,
    modifiedAtMs: account.clock.nowMs(),
    ...(input.Description === undefined ? {} : { description: input.Description }),
    ...(input.Tags === undefined ? {} : { tags: toSimTags(input.Tags) }),
  };
  return { Version: version, Tier: 'Standard' };
}

function deleteParameter(account: Account, input: DeleteParameterRequest): void {
  if (account.state.ssm.parameters[input.Name ?? ''] === undefined) throw notFound(input.Name);
  delete account.state.ssm.parameters[input.Name ?? ''];
}

function deleteParameters(account: Account, input: DeleteParametersRequest): DeleteParametersResult {
  const names = tenNames(input.Names);
  const known = names.filter((name) => account.state.ssm.parameters[name] !== undefined);
  for (const name of known) delete account.state.ssm.parameters[name];
  return { DeletedParameters: known, InvalidParameters: names.filter((name) => !known.includes(name)) };
}

export const ssmHandlers: Handlers = {
  'SSM.GetParameter': getParameter,
  'SSM.GetParameters': getParameters,
  'SSM.GetParametersByPath': getByPath,
  'SSM.PutParameter': putParameter,
  'SSM.DeleteParameter': deleteParameter,
  'SSM.DeleteParameters': deleteParameters,
};
