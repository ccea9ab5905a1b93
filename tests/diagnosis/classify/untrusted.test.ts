import { redact, untrusted } from '../../../lib/diagnosis/classify/untrusted.ts';

const ESC = String.fromCharCode(27);

test.each([
  [
    "'noresvport,tls,iam,awscredsuri=/v2/credentials/3f626a1f-4f38-4a0c-8a8a-d12e68b2995d', 'fs-01234567:/'",
    "'noresvport,tls,iam,awscredsuri=[redacted]', 'fs-01234567:/'",
  ],
  ['awscredsuri v2/credentials/abc is malformed', 'awscredsuri v2/credentials/abc is malformed'],
  ['awscredsuri /v2/credentials/abc is malformed', 'awscredsuri=[redacted] is malformed'],
  [
    'at http://169.254.170.2/v2/credentials/3f626a1f-4f38 and on',
    'at http://169.254.170.2/v2/credentials/[redacted] and on',
  ],
  ['key AKIAIOSFODNN7EXAMPLE.', 'key [redacted].'],
  ['postgres://app:hunter2@db.example.com/x', 'postgres://[redacted]@db.example.com/x'],
  [
    'data: username=app,password=hunter2: permission denied',
    'data: username=app,password=[redacted] permission denied',
  ],
  ['{"aws_secret_access_key": "abc/def+1"}', '{"aws_secret_access_key": "[redacted]"}'],
  ['Authorization: Bearer abcdefgh.ijkl', 'Authorization: Bearer [redacted]'],
  ['unable to pull secrets or registry auth: no', 'unable to pull secrets or registry auth: no'],
  [
    'arn:aws:secretsmanager:us-east-1:111122223333:secret:db-x',
    'arn:aws:secretsmanager:us-east-1:111122223333:secret:db-x',
  ],
  [
    'sha256:c02342326b04a05fa0fc4c703c4aaa8ffb46cc0f2eda269c4a0dee53c8296182',
    'sha256:c02342326b04a05fa0fc4c703c4aaa8ffb46cc0f2eda269c4a0dee53c8296182',
  ],
])('%s', (text, clean) => {
  expect(redact(text)).toBe(clean);
});

test('a secret access key goes by its form', () => {
  const key = `wJalrXUtnFEMI/K7MDENG/${'bPxRfiCY1XAMPLEKEY'}`;
  expect(redact(`used ${key} in`)).toBe('used [redacted] in');
});

test('one line without control, colour, bidi and invisible characters is left', () => {
  expect(untrusted(`a\r\n\tb${ESC}[31mred${ESC}[0m\u202eevil\u200b\u0007c\u2028d`, 100)).toBe('a bredevil c d');
});

test('an invisible character does not hide a secret', () => {
  expect(untrusted('awscreds\u200buri=/v2/credentials/abc', 100)).toBe('awscredsuri=[redacted]');
});

test('what is cut ends in an ellipsis, and never in half a character', () => {
  expect([untrusted('abcdef', 4), untrusted('ab😀cd', 4), untrusted('abc', 3), untrusted('abc', 0)]).toEqual([
    'abc…',
    'ab…',
    'abc',
    '',
  ]);
});

test('a secret is redacted before the text is cut', () => {
  expect(untrusted('xxxx awscredsuri=/v2/credentials/3f626a1f', 30)).toBe('xxxx awscredsuri=[redacted]');
});
