import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { keeperOf } from '../keeper-of.ts';

/** The road's lease of a keeper that says nothing. */
const SECONDS = 300;

test.each(['doctor', 'drift', 'provision', 'remediate', 'revert', 'sweep', 'throughput'] as const)(
  '%s keeps its lease as long as its function may run',
  async (name) => {
    const path = resolve(__dirname, '..', '..', 'functions', name, 'function.yml');
    const { timeout } = parse(readFileSync(path, 'utf8'), { logLevel: 'error' }) as { readonly timeout: number };
    const { lastsMs } = await keeperOf(name);
    if (lastsMs === undefined) expect(timeout).toBeLessThanOrEqual(SECONDS);
    else expect(lastsMs).toBe(timeout * 1000);
  },
);
