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

test('explain --jsonl answers a line for a line and goes on after a bad one', async () => {
  const stdin = `{"id":1,"text":"${TIMED_OUT}","volumes":["efs"]}\nnot json\n\n{"id":2,"text":"x"}\n`;
  const { exitCode, data } = await run(['explain', '--jsonl'], { stdin });
  const kinds = data
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).kind);
  expect({ exitCode, kinds }).toEqual({ exitCode: 0, kinds: ['network-timeout', null, 'not-efs'] });
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
  [['expalin', 'x'], 'Did you mean explain?'],
  [['explain', '--jsnol'], 'Did you mean --jsonl?'],
])('%p is refused with what to do, and nothing on stdout', async (words, said) => {
  const { exitCode, data, talk } = await run(words);
  expect({ exitCode, data }).toEqual({ exitCode: 2, data: '' });
  expect(talk).toContain(said);
});

test('help goes to stdout and is no error', async () => {
  const { exitCode, data, talk } = await run(['--help']);
  expect({ exitCode, talk }).toEqual({ exitCode: 0, talk: '' });
  expect(data).toContain('explain');
});

test('colours only where there is a terminal that wants them', async () => {
  const reds = await Promise.all([
    run(['explain', '--field', 'x', 'x'], { isTerminal: true }),
    run(['explain', '--field', 'x', 'x'], { isTerminal: true, env: { NO_COLOR: '1' } }),
    run(['explain', '--field', 'x', 'x']),
  ]);
  expect(reds.map(({ talk }) => talk.includes('\u001b['))).toEqual([true, false, false]);
});
