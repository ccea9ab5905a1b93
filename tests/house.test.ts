import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { importsOf } from './imports.ts';

const ROOT = resolve(__dirname, '..');

/** What the top level may hold: the layout fixed for the project, and the files that its tools look for there. */
const TOP_LEVEL = [
  'functions',
  'lib',
  'events',
  'tests',
  'serverless.yml',
  'package.json',
  'tsconfig.json',
  'README.md',
];
const TOOL_FILES = ['package-lock.json', 'biome.json', 'jest.config.json', 'LICENSE'];
const MADE = ['node_modules', 'dist', 'coverage', 'report.html'];

const FORBIDDEN_NAMES = ['utils', 'util', 'helpers', 'helper', 'common', 'shared', 'misc', 'manager', 'service'];

interface Source {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
}

function walk(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? walk(path) : [path];
  });
}

function sourcesOf(folder: string): Source[] {
  return walk(join(ROOT, folder))
    .filter((path) => path.endsWith('.ts'))
    .map((path) => {
      const text = readFileSync(path, 'utf8');
      return { path: relative(ROOT, path), text, imports: importsOf(text) };
    });
}

const lib = sourcesOf('lib');
const functions = sourcesOf('functions');

/** Which room a file stands in: the longest of these prefixes. */
const ROOMS = [
  'lib/domain',
  'lib/diagnosis',
  'lib/plan',
  'lib/report',
  'lib/facts',
  'lib/apply',
  'lib/ledger',
  'lib/aws',
  'lib/simulator',
  'lib/cli',
  'lib/keepers',
];

function roomOf(path: string): string {
  return ROOMS.find((room) => path.startsWith(`${room}/`)) ?? (path.startsWith('functions/') ? 'functions' : path);
}

function importedRooms(source: Source): { readonly target: string; readonly room: string }[] {
  return source.imports
    .filter((target) => target.startsWith('.'))
    .map((target) => relative(ROOT, resolve(ROOT, dirname(source.path), target)))
    .map((target) => ({ target, room: roomOf(target) }));
}

/** Imports run one way. A room may import itself, and these. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'lib/domain': [],
  'lib/diagnosis': ['lib/domain', 'lib/plan'],
  'lib/plan': ['lib/domain', 'lib/diagnosis'],
  'lib/report': [
    'lib/domain',
    'lib/diagnosis',
    'lib/plan',
    'lib/keeper.ts',
    'lib/road.ts',
    'lib/settings.ts',
    'lib/world.ts',
    'lib/mode.ts',
  ],
  'lib/facts': ['lib/domain', 'lib/diagnosis', 'lib/plan', 'lib/world.ts', 'lib/settings.ts'],
  'lib/ledger': ['lib/domain', 'lib/refusal.ts'],
  'lib/apply': ['lib/domain', 'lib/plan', 'lib/world.ts', 'lib/verbs.ts', 'lib/refusal.ts'],
  'lib/aws': ['lib/domain', 'lib/ledger', 'lib/world.ts', 'lib/verbs.ts', 'lib/refusal.ts'],
  'lib/keepers': [
    'lib/domain',
    'lib/diagnosis',
    'lib/plan',
    'lib/facts',
    'lib/report',
    'lib/ledger',
    'lib/keeper.ts',
    'lib/settings.ts',
    'lib/version.ts',
    'lib/world.ts',
    'lib/verbs.ts',
    'lib/refusal.ts',
  ],
  functions: ['lib/keepers', 'lib/lambda.ts'],
};

describe('the layout', () => {
  test('the top level holds what the project fixed and what its tools look for, nothing else', () => {
    const found = readdirSync(ROOT).filter((name) => !name.startsWith('.') && !MADE.includes(name));
    expect(found.filter((name) => ![...TOP_LEVEL, ...TOOL_FILES].includes(name))).toEqual([]);
    expect(TOP_LEVEL.filter((name) => !found.includes(name))).toEqual([]);
  });

  test('no room has a name that says nothing', () => {
    const folders = [...lib, ...functions].flatMap(({ path }) => dirname(path).split('/'));
    expect([...new Set(folders)].filter((name) => FORBIDDEN_NAMES.includes(name))).toEqual([]);
  });

  test('a function is one folder with wiring only', () => {
    for (const { path, text } of functions) {
      expect({ path, name: basename(path) }).toEqual({ path, name: 'index.ts' });
      expect({ path, lines: text.trim().split('\n').length <= 12 }).toEqual({ path, lines: true });
      expect(text).toMatch(/export const handler = /);
    }
  });

  test('no index.ts in lib', () => {
    expect(lib.map(({ path }) => path).filter((path) => basename(path) === 'index.ts')).toEqual([]);
  });

  test('files are named in kebab case and hold at most 200 lines', () => {
    const odd = [...lib, ...functions].filter(({ path }) => !/^[a-z0-9]+(-[a-z0-9]+)*\.ts$/.test(basename(path)));
    const long = [...lib, ...functions].filter(({ text }) => text.trimEnd().split('\n').length > 200);
    expect(odd.map(({ path }) => path)).toEqual([]);
    expect(long.map(({ path }) => path)).toEqual([]);
  });
});

describe('imports run one way', () => {
  test.each(Object.entries(MAY_IMPORT))('%s', (room, allowed) => {
    const wrong = [...lib, ...functions]
      .filter(({ path }) => roomOf(path) === room)
      .flatMap((source) => importedRooms(source).map((one) => ({ from: source.path, ...one })))
      .filter((one) => one.room !== room && !allowed.includes(one.room))
      .map(({ from, target }) => `${from} -> ${target}`);
    expect(wrong).toEqual([]);
  });

  test('keepers do not import keepers', () => {
    const keeperOf = (path: string) => /^lib\/keepers\/([^/]+)\//.exec(path)?.[1];
    const wrong = lib.flatMap((source) =>
      importedRooms(source)
        .filter(({ target }) => keeperOf(source.path) && keeperOf(target) && keeperOf(target) !== keeperOf(source.path))
        .map(({ target }) => `${source.path} -> ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  test('the AWS SDK is imported in lib/aws and the simulator alone', () => {
    const wrong = [...lib, ...functions]
      .filter(({ path }) => !path.startsWith('lib/aws/') && !path.startsWith('lib/simulator/'))
      .filter(({ imports }) =>
        imports.some((target) => target.startsWith('@aws-sdk/') || target.startsWith('@smithy/')),
      );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  test('nothing that is deployed imports the simulator', () => {
    const wrong = [...lib, ...functions]
      .filter(({ path }) => !path.startsWith('lib/simulator/') && !path.startsWith('lib/cli/'))
      .filter((source) => importedRooms(source).some(({ room }) => room === 'lib/simulator'));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });
});

describe('pure rooms', () => {
  const pure = lib.filter(({ path }) =>
    /^lib\/(domain|diagnosis|plan|report)\/|^lib\/keepers\/[^/]+\/(parse|decide)\.ts$/.test(path),
  );

  // A text for browsers, not code of ours that runs.
  const TEXT = 'lib/report/html/script.ts';

  test.each([
    ['the clock', /\bDate\.now\(|new Date\(\)|performance\.now/],
    ['randomness', /Math\.random|randomUUID|node:crypto/],
    ['the environment', /process\.env/],
    ['waiting', /\bawait\b|\basync\b/],
  ])('take no %s', (_what, pattern) => {
    expect(
      pure.filter(({ path, text }) => path !== TEXT && pattern.test(withoutComments(text))).map(({ path }) => path),
    ).toEqual([]);
  });

  test('process.env is read in settings.ts alone', () => {
    const wrong = [...lib, ...functions].filter(
      ({ path, text }) =>
        path !== 'lib/settings.ts' && !path.startsWith('lib/cli/') && /process\.env/.test(withoutComments(text)),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  test('AWS error codes are compared in one file', () => {
    const codes =
      /'(AccessDenied|AccessDeniedException|ThrottlingException|InvalidPermission\.Duplicate|AccessPointAlreadyExists|NoSuchEntity|TooManyRequests)'/;
    const wrong = lib.filter(
      ({ path, text }) =>
        !path.startsWith('lib/simulator/') && path !== 'lib/aws/errors.ts' && codes.test(withoutComments(text)),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });
});

describe('what the code must not say', () => {
  test('no machine path, no registry host, no account but the examples', () => {
    const everything = [...lib, ...functions, ...sourcesOf('tests')];
    const hosts = new RegExp(['registry\\.npm', 'pypi\\.org', '/work/(main|shared)', '/root/\\.'].join('|'));
    const self = 'tests/house.test.ts';
    expect(everything.filter(({ path, text }) => path !== self && hosts.test(text)).map(({ path }) => path)).toEqual(
      [],
    );
  });
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');
}
