import { auditOf } from '../../lib/report/audit.ts';
import type { Arrived } from '../../lib/road.ts';
import { ACTIONS, FILE_SYSTEM, TARGET_GROUP } from '../plan/sample-actions.ts';
import { came, done, INGRESS_MISSING, OPEN_INGRESS, RESTART, SERVICE, withheldBy } from './samples.ts';

function walked(outcome: ReturnType<typeof came>): Arrived {
  const settled = [{ outcome, incident: 'inc-1', told: true }];
  return { kind: 'walked', keeper: 'remediate', mode: 'repair', dryRun: false, settled, figures: [] };
}

test('a run is one line of ids: what was found, done and withheld', () => {
  const outcome = came({ findings: [INGRESS_MISSING], steps: [done(OPEN_INGRESS)], withheld: withheldBy([RESTART]) });
  expect(auditOf(walked(outcome))).toEqual({
    kind: 'walked',
    keeper: 'remediate',
    mode: 'repair',
    dryRun: false,
    decisions: 1,
    about: [
      {
        thing: SERVICE,
        family: 'shop',
        fileSystem: FILE_SYSTEM,
        incident: 'inc-1',
        told: true,
        outcome: 'remediated',
        severity: 'must-fix',
        findings: [{ code: 'security-group-ingress-missing', on: TARGET_GROUP }],
        steps: [
          {
            action: 'authorize-ingress',
            on: TARGET_GROUP,
            result: 'done',
            change: 'mf3k2a10-91c0',
            made: { ruleId: 'sgr-0123456789abcdef0' },
          },
        ],
        withheld: [{ action: 'update-service', on: SERVICE, heldBy: 'key' }],
      },
    ],
  });
});

test('no evidence, no environment and no policy text reaches the log', () => {
  const register = done({ action: ACTIONS['register-revision'], because: [] });
  const put = done({ action: ACTIONS['put-role-policy'], because: [] });
  const line = JSON.stringify(auditOf(walked(came({ findings: [INGRESS_MISSING], steps: [register, put] }))));
  for (const secret of ['never-print-this', 'ResourceInitializationError', 'Statement'])
    expect(line).not.toContain(secret);
});

test('a storm of decisions stays one short line', () => {
  const outcome = came({ findings: Array.from({ length: 500 }, () => INGRESS_MISSING) });
  const settled = Array.from({ length: 2_000 }, () => ({ outcome, incident: 'inc-1', told: false }));
  const audit = auditOf({ kind: 'walked', keeper: 'sweep', mode: 'repair', dryRun: false, settled, figures: [] });
  expect(audit['decisions']).toBe(2_000);
  expect(JSON.stringify(audit).length).toBeLessThan(120_000);
});

test('of a bad request only the fields are logged, never what stood in them', () => {
  const problems = [{ field: 'task', got: 'example-value-never-log-this', expected: 'an ARN' }];
  expect(auditOf({ kind: 'bad-request', keeper: 'remediate', problems, example: {} })).toEqual({
    kind: 'bad-request',
    keeper: 'remediate',
    fields: ['task'],
  });
});

test('a quiet no carries its reason', () => {
  expect(auditOf({ kind: 'ignored', keeper: 'drift', why: 'not\nours' })).toEqual({
    kind: 'ignored',
    keeper: 'drift',
    why: 'not ours',
  });
});
