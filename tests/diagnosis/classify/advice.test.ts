import { FAILURE_KINDS } from '../../../lib/diagnosis/failure-kinds.ts';
import { CATALOGUE } from '../../../lib/domain/finding.ts';

const ADVICE = [
  ...Object.entries(FAILURE_KINDS).map(([name, { whatToDo }]) => [name, whatToDo.join(' ')] as const),
  ...Object.entries(CATALOGUE).map(([name, { remedy }]) => [name, remedy] as const),
];

/** EFS user guide, "Mount target lifecycle state is stuck": the same call is to be made again. */
test('nobody is told to delete a mount target that is stuck in its creation', () => {
  const told = ADVICE.filter(([, text]) => /delete (it|the mount target) and create/i.test(text));
  expect(told.map(([name]) => name)).toEqual([]);
  const of = (name: string) => ADVICE.filter(([other]) => other === name).map(([, text]) => text);
  for (const text of of('mount-target-not-available'))
    expect(text).toContain('call create-mount-target or delete-mount-target again');
});

test('a refused connection is not blamed on the proxy alone: with TLS a tunnel stands between', () => {
  expect(FAILURE_KINDS['connection-refused'].whatToDo.join(' ')).toContain('tunnel');
});

test('what cannot be known from an AWS API is not claimed: ports of a host, a quota that was raised', () => {
  expect(CATALOGUE['network-acl-partial'].remedy).toContain('32768-60999 on most Linux hosts');
  expect(CATALOGUE['rule-quota-near'].remedy).toContain('unless its quota was raised');
});

test('the page on a helper without Region or credentials is about the helper', () => {
  expect(FAILURE_KINDS['helper-metadata'].docs).toMatch(/efs-mount-helper\.html$/);
});
