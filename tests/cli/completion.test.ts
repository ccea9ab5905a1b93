import { execFileSync } from 'node:child_process';
import { run } from './on-memory.ts';

/** What bash would offer for the last of these words. */
async function offered(...words: readonly string[]): Promise<readonly string[]> {
  const { data } = await run(['completion', 'bash']);
  const line = words.map((word) => `'${word}'`).join(' ');
  const script = `${data}\nCOMP_WORDS=(${line}); COMP_CWORD=${words.length - 1}; _mountkeeper; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).trim().split('\n');
}

test('bash completes commands', async () => {
  expect(await offered('mountkeeper', 're')).toEqual(['remediate', 'revert', 'release']);
});

test('bash completes the options of a command', async () => {
  expect(await offered('mountkeeper', 'doctor', '--fo')).toEqual(['--format']);
});

test.each(['zsh', 'fish'])('%s gets every command', async (shell) => {
  const { exitCode, data } = await run(['completion', shell]);
  expect(exitCode).toBe(0);
  for (const name of ['doctor', 'explain', 'provision', 'remediate', 'revert', 'status', 'opt-in', 'release'])
    expect(data).toContain(name);
});

test('another shell is refused with what there is', async () => {
  const { exitCode, talk } = await run(['completion', 'csh']);
  expect(exitCode).toBe(2);
  expect(talk).toContain('bash, zsh, fish');
});
