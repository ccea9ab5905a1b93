import { run } from './on-memory.ts';

const TIMED_OUT = 'mount.nfs4: Connection timed out';

test('explain says what a text means, on stdout alone', async () => {
  const { exitCode, data, talk } = await run(['explain', TIMED_OUT]);
  expect({ exitCode, talk }).toEqual({ exitCode: 0, talk: '' });
  expect(data.split('\n')[0]).toMatch(/^network-timeout: /);
});

test('explain takes unquoted words and a pipe as well', async () => {
  const quoted = await run(['explain', TIMED_OUT]);
  expect(await run(['explain', ...TIMED_OUT.split(' ')])).toEqual(quoted);
  expect(await run(['explain'], { stdin: `${TIMED_OUT}\n` })).toEqual(quoted);
});

test('explain --jsonl answers a line for a line, goes on after a bad one, and says so at the end', async () => {
  const stdin = `{"id":1,"text":"${TIMED_OUT}","volumes":["efs"]}\nnot json\n\n{"id":2,"text":"x"}\n`;
  const { exitCode, data } = await run(['explain', '--jsonl'], { stdin });
  const kinds = data
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).kind);
  expect({ exitCode, kinds }).toEqual({ exitCode: 2, kinds: ['network-timeout', null, 'not-efs'] });
});

test('explain --jsonl that understood every line is fine', async () => {
  const { exitCode } = await run(['explain', '--jsonl'], { stdin: `{"text":"${TIMED_OUT}"}\n\n{"text":"x"}\n` });
  expect(exitCode).toBe(0);
});

test('a thousand lines come out as a thousand lines, in order', async () => {
  const stdin = Array.from({ length: 1_000 }, (_none, id) => JSON.stringify({ id, text: TIMED_OUT })).join('\n');
  const { data } = await run(['explain', '--jsonl'], { stdin });
  const ids = data
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).id);
  expect(ids).toEqual(Array.from({ length: 1_000 }, (_none, id) => id));
});

test('what the volumes say reaches the classifier', async () => {
  const { data } = await run(['explain', '--json', '--volumes', 'docker', TIMED_OUT]);
  expect(JSON.parse(data)).toMatchObject({ kind: 'not-efs' });
});

test.each([
  [['explain'], 'Nothing to explain'],
  [['explain', '--field', 'subject', 'x'], '--field is "subject"; expected one of stoppedReason, '],
  [['explain', '--volumes', 'efs,nfs', 'x'], '--volumes is "nfs"; expected one of efs, '],
  [['explain', '--launch-type', 'MOON', 'x'], '--launch-type is "MOON"; expected one of FARGATE, EC2, '],
  [['bogus', '--help'], "unknown command 'bogus'"],
  [['--help', 'bogus'], "unknown command 'bogus'"],
  [['expalin', '--help'], 'Did you mean explain?'],
  [['expalin', 'x'], 'Did you mean explain?'],
  [['explain', '--jsnol'], 'Did you mean --jsonl?'],
])('%p is refused with what to do, and nothing on stdout', async (words, said) => {
  const { exitCode, data, talk } = await run(words);
  expect({ exitCode, data }).toEqual({ exitCode: 2, data: '' });
  expect(talk).toContain(said);
});

test.each([
  [['--help'], 'explain'],
  [['help'], 'explain'],
  [['help', 'explain'], '--jsonl'],
  [['explain', '--help'], '--jsonl'],
])('%j goes to stdout and is no error', async (words, said) => {
  const { exitCode, data, talk } = await run(words);
  expect({ exitCode, talk }).toEqual({ exitCode: 0, talk: '' });
  expect(data).toContain(said);
});

test.each([
  ['doctor'],
  ['status'],
  ['opt-in', 'shop'],
  ['provision', 'shop'],
  ['remediate', 'shop'],
  ['revert', 'inc-1'],
  ['release', 'shop'],
  ['what-if'],
])('%s asks no Region whose name cannot be one', async (...words) => {
  const { exitCode, data, talk } = await run([...words, '--region', 'eu west 1']);
  expect({ exitCode, data }).toEqual({ exitCode: 2, data: '' });
  expect(talk).toBe('mountkeeper: --region is "eu west 1"; expected the name of a Region, such as eu-west-1.\n');
});

test.each(['eu-west-1', 'us-gov-east-1', 'cn-northwest-1', 'us-isob-east-1', 'eusc-de-east-1', 'ap-southeast-7'])(
  '%s can be a Region',
  async (region) => {
    const { talk } = await run(['doctor', '--region', region]);
    expect(talk).toContain('this command needs no account');
  },
);

test('colours only where there is a terminal that wants them', async () => {
  const reds = await Promise.all([
    run(['explain', '--field', 'x', 'x'], { isTerminal: true }),
    run(['explain', '--field', 'x', 'x'], { isTerminal: true, env: { NO_COLOR: '1' } }),
    run(['explain', '--field', 'x', 'x']),
  ]);
  expect(reds.map(({ talk }) => talk.includes('\u001b['))).toEqual([true, false, false]);
});
