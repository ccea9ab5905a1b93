import fc from 'fast-check';
import type { DoctorReport, Fault } from '../../lib/report/doctor/report.ts';
import { summed } from '../../lib/report/doctor/report.ts';
import { doctorText } from '../../lib/report/doctor/text.ts';
import { doctorHtml } from '../../lib/report/doctor-html.ts';
import { breakIt } from '../../lib/simulator/break-it.ts';
import { expectGolden } from '../golden.ts';
import { examine, furnished } from '../keepers/doctor/on-stage.ts';

// The first test of a file loads every client; on a busy machine that takes seconds.
jest.setTimeout(60_000);

const HOSTILE = `</script><script>alert(1)</script><img src=x onerror="alert(2)">'"&\u202e\u0007`;

function reportWith(text: string): DoctorReport {
  const fault: Fault = {
    code: 'grant-missing',
    state: 'must-fix',
    title: text,
    subject: text,
    evidence: [text],
    remedy: text,
    commands: [text],
    mountkeeper: [text],
    ownerCommands: [text],
  };
  const check = { title: text, state: 'must-fix', faults: [fault] } as const;
  const stop = { name: 'role', state: 'must-fix', what: text, checks: [check] } as const;
  const plot = { title: text, unit: text, atMs: [0, 1], lines: [{ name: text, values: [0, 1] }] };
  const volume = {
    name: text,
    fileSystemId: text,
    mountedBy: [text],
    state: 'must-fix',
    stops: [stop],
    plots: [plot],
  } as const;
  const family = {
    family: text,
    revision: text,
    state: 'must-fix',
    runs: text,
    checks: [check],
    volumes: [volume],
  } as const;
  const head = {
    version: 1,
    madeAt: '2026-09-01T10:00:00.000Z',
    account: text,
    region: text,
    mountkeeper: text,
    mode: text,
  } as const;
  return summed({ ...head, installation: [check], families: [family] });
}

/** Every tag of the page but the lines of a picture, into which a long text is broken. */
function tagsOf(page: string): readonly string[] {
  return (page.match(/<[a-z!][^\s>]*/gi) ?? []).filter((tag) => tag !== '<text').toSorted();
}

test('whatever a name holds, it stays text', () => {
  const page = doctorHtml(reportWith(HOSTILE));
  expect(tagsOf(page)).toEqual(tagsOf(doctorHtml(reportWith('plain'))));
  expect(['\u202e', '\u0007'].filter((sign) => page.includes(sign))).toEqual([]);
});

test('no text at all makes a tag or leaves an attribute', () => {
  const expected = tagsOf(doctorHtml(reportWith('plain')));
  const text = fc.oneof(fc.string(), fc.stringMatching(/^[<>"'&/= a-z]{1,20}$/));
  fc.assert(
    fc.property(
      text.filter((one) => one.trim() !== ''),
      (name) => {
        expect(tagsOf(doctorHtml(reportWith(name.replaceAll(' ', 'x')))).length).toBe(expected.length);
      },
    ),
    { seed: 7, numRuns: 60 },
  );
});

test('the page loads nothing', () => {
  const page = doctorHtml(reportWith('plain'));
  expect(page).not.toMatch(/\b(src|srcset|action|ping)=|url\(|@import|https?:\/\//);
  expect([...page.matchAll(/href="([^"]*)"/g)].map(([, href]) => href?.startsWith('#'))).not.toContain(false);
  expect(page).toContain('default-src &#39;none&#39;');
});

test('the text of a healthy estate, as people read it', async () => {
  expectGolden('doctor/healthy.txt', doctorText(await examine(furnished())));
});

test('the text of an estate with several faults, as people read it', async () => {
  const stage = furnished({ zones: 2, mountTargets: 1, policy: 'none', keys: { mountTargetGroup: false } });
  breakIt(stage.account, stage.estate, 'sg-ingress');
  breakIt(stage.account, stage.estate, 'tls-off');
  expectGolden('doctor/faults.txt', doctorText(await examine(stage, { reference: 'shop-api' })));
});

test('the installation in trouble, as people read it', async () => {
  const stage = furnished();
  const { state } = stage.account;
  delete state.cloudtrail.trails['management'];
  Object.assign(state.ssm.parameters['/mountkeeper/mode'] ?? {}, { value: 'observe' });
  Object.assign(state.events.rules['mountkeeper-remediate-rule-1'] ?? {}, { state: 'DISABLED' });
  expectGolden('doctor/installation.txt', doctorText(await examine(stage, { reference: 'nothing-here' })));
});
