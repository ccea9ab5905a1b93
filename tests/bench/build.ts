import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { parse } from 'yaml';
import { ROOT } from './slow-account.ts';

export interface Bundle {
  readonly name: string;
  /** The file that Lambda loads. */
  readonly entry: string;
}

export interface Bundles {
  readonly folder: string;
  readonly functions: readonly Bundle[];
  readonly hello: Bundle;
  readonly metafile: Metafile;
}

interface ServerlessFile {
  readonly custom: { readonly esbuild: BuildOptions & { readonly outputFileExtension: string; exclude?: unknown } };
}

/** Every function, and the hello-world beside them, with the options of serverless.yml: one tree for all, as packaged. */
export async function bundles(): Promise<Bundles> {
  const folder = mkdtempSync(join(tmpdir(), 'mountkeeper-bench-'));
  const names = readdirSync(join(ROOT, 'functions')).filter((name) => existsSync(entryOf(name)));
  const functions = await make(
    folder,
    Object.fromEntries(names.map((name) => [`functions/${name}/index`, entryOf(name)])),
  );
  // Alone, so that it shares no chunk with them.
  const hello = await make(join(folder, 'hello'), { 'hello/index': join(ROOT, 'tests/bench/hello-world.ts') });
  const outputs = { ...functions.outputs, ...hello.outputs };
  return {
    folder,
    functions: names.map((name) => ({ name, entry: join(folder, `functions/${name}/index.mjs`) })),
    hello: { name: 'hello-world', entry: join(folder, 'hello/hello/index.mjs') },
    metafile: { inputs: { ...functions.inputs, ...hello.inputs }, outputs },
  };
}

function entryOf(name: string): string {
  return join(ROOT, 'functions', name, 'index.ts');
}

async function make(outdir: string, entryPoints: Readonly<Record<string, string>>): Promise<Metafile> {
  const { metafile } = await build({ ...optionsOf(), absWorkingDir: ROOT, outdir, entryPoints, metafile: true });
  return metafile;
}

function optionsOf(): BuildOptions {
  const { custom } = parse(readFileSync(join(ROOT, 'serverless.yml'), 'utf8'), {
    logLevel: 'silent',
  }) as ServerlessFile;
  const { outputFileExtension, exclude: _none, ...options } = custom.esbuild;
  return { ...options, outExtension: { '.js': outputFileExtension }, logLevel: 'warning' };
}
