import fc from 'fast-check';
import { decideAction } from '../../../lib/diagnosis/policy/decide.ts';
import { evaluateClientAccess, parsePolicies } from '../../../lib/diagnosis/policy/evaluate.ts';
import type { ContextLookup } from '../../../lib/diagnosis/policy/request-context.ts';
import type {
  ActionDecision,
  ClientAccessInput,
  ClientPrincipal,
  PolicyReading,
} from '../../../lib/diagnosis/policy/types.ts';
import { scale } from '../../scale.ts';
import { fileSystemArn } from './clients.ts';
import { independentDecision } from './independent.ts';
import { type RandomCase, randomCase } from './random-policies.ts';

const minutes = 60_000;

/** The condition keys are exactly those of the case: what it does not have is absent. */
function lookupIn(context: RandomCase['context']): ContextLookup {
  const lower = new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), [value].flat()]));
  return (key) => {
    const values = lower.get(key.toLowerCase());
    return values === undefined ? { state: 'absent' } : { state: 'present', values };
  };
}

function inputOf(one: RandomCase): ClientAccessInput {
  const { roleArn, sessionName, boundary, context } = one;
  const principal: ClientPrincipal = one.anonymous
    ? { kind: 'anonymous' }
    : { kind: 'role', arn: roleArn, sessionName };
  const reading = (document: object): PolicyReading => ({ state: 'present', name: 'a policy', document });
  const text = (key: string) => [context[key]].flat()[0];
  const [accessPointArn, sourceIp] = [text('elasticfilesystem:AccessPointArn'), text('aws:SourceIp')];
  return {
    request: {
      fileSystemArn,
      principal,
      secureTransport: text('aws:SecureTransport') === 'true',
      viaMountTarget: text('elasticfilesystem:AccessedViaMountTarget') === 'true',
      ...(accessPointArn !== undefined && { accessPointArn }),
      ...(sourceIp !== undefined && { sourceIp }),
    },
    identity: one.identity.map(reading),
    ...(boundary !== undefined && { boundary: reading(boundary) }),
    fileSystemPolicy: reading(one.fileSystem),
  };
}

/** Where a Deny is open and nothing allows, ours says denied and leaves open by which of the two. */
function agrees(mine: Pick<ActionDecision, 'decision' | 'notChecked'>, theirs: string): boolean {
  const deniedAnyhow = mine.decision === 'denied-implicit' && mine.notChecked.length > 0;
  return mine.decision === theirs || (deniedAnyhow && theirs === 'denied-explicit');
}

test(
  'agrees with an independent evaluator on at least 10,000 random policy pairs and requests',
  async () => {
    const decided = { allowed: 0, 'denied-explicit': 0, 'denied-implicit': 0, unknown: 0 };
    const property = fc.asyncProperty(randomCase, async (one) => {
      const input = inputOf(one);
      const policies = parsePolicies(input);
      const { request } = input;
      const mine = decideAction({ action: one.action, request, policies, lookup: lookupIn(one.context) });
      decided[mine.decision] += 1;
      if (mine.decision === 'unknown') return;
      const theirs = await independentDecision(one);
      if (!agrees(mine, theirs)) throw new Error(`ours: ${mine.decision}; theirs: ${theirs}`);
    });
    await fc.assert(property, { seed: 20260927, numRuns: scale(10_500) });
    const { allowed, unknown, 'denied-explicit': explicit, 'denied-implicit': implicit } = decided;
    expect(allowed + explicit + implicit).toBeGreaterThanOrEqual(scale(10_000));
    expect(Math.min(allowed, explicit, implicit)).toBeGreaterThanOrEqual(scale(1500));
    expect(unknown).toBeLessThan(scale(500));
  },
  20 * minutes,
);

test(
  'what is decided for NFS holds whatever the keys say that EFS does not list',
  async () => {
    let decided = 0;
    const property = fc.asyncProperty(randomCase, async (one) => {
      const context = {
        'aws:SecureTransport': 'false',
        'elasticfilesystem:AccessedViaMountTarget': 'false',
        ...one.context,
      };
      const mine = evaluateClientAccess(inputOf({ ...one, context }))[one.action];
      if (mine.decision === 'unknown') return;
      decided += 1;
      const theirs = await independentDecision({ ...one, context });
      if (!agrees(mine, theirs)) throw new Error(`ours: ${mine.decision}; theirs: ${theirs}`);
    });
    await fc.assert(property, { seed: 20260928, numRuns: scale(600) });
    expect(decided).toBeGreaterThan(scale(300));
  },
  5 * minutes,
);
