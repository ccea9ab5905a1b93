import { createContext, runInContext } from 'node:vm';
import fc from 'fast-check';
import { classify } from '../../../lib/diagnosis/classify/classify.ts';
import { untrusted } from '../../../lib/diagnosis/classify/untrusted.ts';
import { FAILURE_KIND_NAMES } from '../../../lib/diagnosis/failure-kinds.ts';
import { scale } from '../../scale.ts';
import { CORPUS, reasonOf } from './corpus.ts';
import { HELD_OUT_EFS } from './held-out/efs.ts';
import { HELD_OUT_FOREIGN } from './held-out/foreign.ts';

const RUNS = { numRuns: scale(200), seed: 20_260_725 };
const WRAPPER = 'ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: ';

const known = [
  ...CORPUS.map((row) => ({ name: row.id, kind: row.kind, reason: reasonOf(row) })),
  ...[...HELD_OUT_EFS, ...HELD_OUT_FOREIGN].map(([kind, text, rest]) => ({
    name: text.slice(0, 60),
    kind,
    reason: { ...rest, text },
  })),
];
const anyKnown = fc.constantFrom(...known);
const anyEfs = fc.constantFrom(...known.filter(({ kind }) => kind !== 'not-efs'));

/** Where a console, a chat or a mail may break a text: at white space, and anywhere in front of it. */
const breaks = fc.constantFrom('\n', '  ', '\r\n', '\t', ' \n ', '\n  ', '\u00a0');

test('other white space between the words does not change the kind', () => {
  fc.assert(
    fc.property(anyKnown, fc.array(breaks, { minLength: 1, maxLength: 9 }), ({ kind, reason }, gaps) => {
      let index = 0;
      const text = reason.text.replace(/ /g, () => gaps[index++ % gaps.length] ?? ' ');
      expect([classify({ ...reason, text }).kind, text]).toEqual([kind, text]);
    }),
    RUNS,
  );
});

/** Known by the form of an address, which a line break spoils: then nothing is claimed. */
const BY_ADDRESS = /superblock on 10\.1\.25\.30/;

test('a line break inside a word does not change the kind', () => {
  const anyOther = fc.constantFrom(...known.filter(({ reason }) => !BY_ADDRESS.test(reason.text)));
  fc.assert(
    fc.property(anyOther, fc.array(fc.nat(), { minLength: 1, maxLength: 6 }), ({ kind, reason }, places) => {
      const text = places.reduce((whole, place) => {
        const at = place % (whole.length + 1);
        return `${whole.slice(0, at)}\n${whole.slice(at)}`;
      }, reason.text);
      expect([classify({ ...reason, text }).kind, text]).toEqual([kind, text]);
    }),
    RUNS,
  );
});

test('letters in another case do not change the kind', () => {
  fc.assert(
    fc.property(anyKnown, fc.constantFrom('upper', 'lower', 'mixed'), ({ kind, reason }, how) => {
      const text = recased(reason.text, how);
      expect([classify({ ...reason, text }).kind, text]).toEqual([kind, text]);
    }),
    RUNS,
  );
});

const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
const region = fc.constantFrom('us-gov-east-1', 'cn-northwest-1', 'ap-southeast-7', 'eu-isoe-west-1', 'il-central-1');

test('other ids, Regions, addresses and versions do not change the kind', () => {
  fc.assert(
    fc.property(anyKnown, hex(17), region, fc.ipV4(), ({ kind, reason }, id, where, address) => {
      const text = reason.text
        .replace(/fs-[0-9a-f]{8,17}(?![0-9a-z])/g, `fs-${id}`)
        .replace(/fsap-[0-9a-f]{17}/g, `fsap-${id}`)
        .replace(/\b(?:us|eu|ap|cn|sa|me)-(?:gov-)?(?:east|west|north|south|central|northeast|southeast)-\d/g, where)
        .replace(/\b10\.\d+\.\d+\.\d+\b/g, `10.${address.split('.').slice(1).join('.')}`)
        .replace(/python3\.\d+/g, 'python3.13')
        .replace(/line \d+/g, 'line 7');
      expect([classify({ ...reason, text }).kind, text]).toEqual([kind, text]);
    }),
    RUNS,
  );
});

test('quotes, escapes and dashes of other programs do not change the kind', () => {
  fc.assert(
    fc.property(
      anyKnown,
      fc.constantFrom<(text: string) => string>(typographic, escaped, asJson, asHtml),
      ({ kind, reason }, as) => {
        const text = as(reason.text);
        expect([classify({ ...reason, text }).kind, text]).toEqual([kind, text]);
      },
    ),
    RUNS,
  );
});

test('a prefix of the road that the text came does not change the kind', () => {
  const prefixes = [
    'Stopped reason: ',
    '2026-01-02T03:04:05Z ERROR ',
    'Task stopped at: 2026-01-02T03:04:05Z\n',
    '> ',
    '"',
  ];
  fc.assert(
    fc.property(anyEfs, fc.constantFrom(...prefixes), ({ kind, reason }, prefix) => {
      const text = `${prefix}${reason.text}`;
      expect([classify({ ...reason, text }).kind, text]).toEqual([kind, text]);
    }),
    RUNS,
  );
});

test('the wrapper of Fargate around the text of the mount helper does not change the kind', () => {
  const helper = CORPUS.filter(({ field, kind }) => field === 'mountHelperStderr' && kind !== 'not-efs');
  fc.assert(
    fc.property(fc.constantFrom(...helper), ({ kind, text, id }) => {
      const cut = `${WRAPPER}${text}`.slice(0, 1_024);
      expect([id, classify({ text: cut, field: 'stoppedReason' }).kind]).toEqual([id, kind]);
    }),
    RUNS,
  );
});

test('a long stack after the cause, cut at 1,024 characters, does not change the kind', () => {
  const stack = ` Traceback (most recent call last): File "/usr/sbin/supervisor_mount_efs", line 52, in <module> ${'raise CalledProcessError(retcode, cmd) tls,iam,accesspoint=fsap-0123456789abcdef0 timeout '.repeat(12)}`;
  const wrapped = CORPUS.filter(({ text, kind }) => text.startsWith(WRAPPER) && kind !== 'not-efs');
  fc.assert(
    fc.property(fc.constantFrom(...wrapped), ({ kind, text, id }) => {
      const body = text.replace(/ Traceback.*$/s, '').replace(/ : unsuccessful.*$/s, '');
      const cut = `${body}${stack}`.slice(0, 1_000);
      expect([id, classify({ text: `${cut}: unsuccessful EFS utils c` }).kind]).toEqual([id, kind]);
    }),
    RUNS,
  );
});

/** Its beginning is the beginning of an EFS text, letter by letter. */
const SAME_BEGINNING = /failed to invoke (?:efs|s3)|^mount\.nfs/i;
const foreign = known.filter(({ kind, reason }) => kind === 'not-efs' && !SAME_BEGINNING.test(reason.text));

test('no piece of a foreign text is taken for EFS', () => {
  fc.assert(
    fc.property(fc.constantFrom(...foreign), fc.nat(), fc.nat(), ({ reason }, from, length) => {
      const start = from % (reason.text.length + 1);
      const text = reason.text.slice(start, start + (length % (reason.text.length + 1)));
      const { volumes: _, ...alone } = reason;
      expect([classify({ ...alone, text }).kind, text]).toEqual(['not-efs', text]);
    }),
    { ...RUNS, numRuns: scale(1_000) },
  );
});

test('a name of S3 Files gives itself away from the id of the zone on, wherever the text breaks off', () => {
  const text = `${WRAPPER}Failed to resolve "use1-az2.fs-0123456789abcdef0.s3files.us-east-1.on.aws" - check that your file system`;
  const kinds = Array.from(
    { length: text.length - text.indexOf('fs-') - 3 },
    (_, index) => classify({ text: text.slice(0, text.indexOf('fs-') + 4 + index) }).kind,
  );
  expect(new Set(kinds)).toEqual(new Set(['not-efs']));
});

test('no text is taken for EFS in a task without EFS volumes', () => {
  const volumes = fc.subarray(['s3files', 'fsx', 'docker', 'bind'] as const);
  fc.assert(
    fc.property(anyKnown, volumes, ({ reason }, without) => {
      expect(classify({ ...reason, volumes: without }).kind).toBe('not-efs');
    }),
    RUNS,
  );
});

const WORDS = CORPUS.filter(({ kind }) => kind === 'not-efs' && !SAME_BEGINNING.test(kind))
  .filter(({ text }) => !SAME_BEGINNING.test(text))
  .flatMap(({ text }) => text.split(/\s+/));
const everyday =
  'efs volume mount mounted tls iam accesspoint timeout connection file system nfs port container task'.split(' ');

test('random words of foreign texts are not taken for EFS', () => {
  const words = fc.array(fc.constantFrom(...WORDS, ...everyday), { maxLength: 60 });
  fc.assert(
    fc.property(
      words,
      fc.constantFrom(undefined, 'stoppedReason', 'containerReason', 'serviceEvent', 'appLog'),
      (list, field) => {
        const text = list.join(' ');
        expect([classify(field ? { text, field } : { text }).kind, text]).toEqual(['not-efs', text]);
      },
    ),
    { ...RUNS, numRuns: scale(500) },
  );
});

test('any text at all gets a kind, a short clean cause and no exception', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 3_000 }), fc.string()), (text) => {
      const { kind, cause } = classify({ text });
      expect(FAILURE_KIND_NAMES).toContain(kind);
      expect(cause).toBe(untrusted(cause, 200));
    }),
    RUNS,
  );
});

test('no cause quotes a credentials URI', () => {
  const leaked = known
    .map(({ reason }) => classify(reason).cause)
    .filter((cause) => /credentials\/[0-9a-f]/.test(cause));
  expect(leaked).toEqual([]);
});

test.each([
  ['one letter', 'a'],
  ['the retry line', 'Mount attempt 1/3 failed due to '],
  ['the beginning of a host', 'fs-'],
  ['hosts', 'fs-01234567.efs.'],
  ['quotes', '\'"'],
  ['escapes', '\\\\n'],
  ['spaces', ' '],
  ['a cause', 'Connection timed out '],
  ['gaps', 'mounting mount target in the az '],
  ['secrets', 'password'],
  ['servers', ' for x'],
  ['a long form', '\ufdfa'],
])('64 KiB of %s do not run away', (_name, unit) => {
  const text = `${WRAPPER}${unit.repeat(Math.ceil(65_536 / unit.length))}`;
  // Far above what it takes and far below what backtracking would: figures are the bench's business.
  const found = inTime(() => classify({ text }));
  expect(found.kind).toBe(classify({ text: text.slice(0, 8_192) }).kind);
});

/** Throws where it runs away. Jest's own time-out cannot: it comes only after what is not asynchronous. */
function inTime<T>(work: () => T): T {
  return runInContext('work()', createContext({ work }), { timeout: 10_000 }) as T;
}

function recased(text: string, how: 'upper' | 'lower' | 'mixed'): string {
  if (how === 'upper') return text.toUpperCase();
  if (how === 'lower') return text.toLowerCase();
  return [...text].map((letter, index) => (index % 2 ? letter.toUpperCase() : letter.toLowerCase())).join('');
}

function typographic(text: string): string {
  return text
    .replace(/"([^"]*)"/g, '“$1”')
    .replace(/'([^']*)'/g, '‘$1’')
    .replace(/ - /g, ' – ');
}

function escaped(text: string): string {
  return text.replace(/["']/g, '\\$&').replace(/\n/g, '\\n');
}

function asJson(text: string): string {
  return JSON.stringify(text);
}

function asHtml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}
