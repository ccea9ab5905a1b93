import { diagnose } from '../../../lib/diagnosis/diagnose.ts';
import { saidByLog } from '../../../lib/diagnosis/said-by-log.ts';
import { present } from '../../../lib/domain/fact.ts';
import {
  facts,
  grantStatement,
  group,
  groups,
  inline,
  policies,
  policy,
  TARGET_GROUP,
  volume,
} from '../build-facts.ts';
import { codes } from './codes.ts';

const refused = { volumes: [volume({ logPhrases: present(['Permission denied', '/data']) })] };
const mountOnly = { rolePolicies: policies(inline('efs', policy(grantStatement(['Mount'])))) };

test('what can be behind the refusal comes before it', () => {
  expect(codes(saidByLog(diagnose(facts({ ...refused, ...mountOnly }))))).toEqual([
    'write-not-allowed',
    'application-permission-denied',
  ]);
});

test('faults that refuse no file are another matter', () => {
  const shut = groups({ [TARGET_GROUP]: present(group(TARGET_GROUP)) });
  const diagnosis = diagnose(facts({ ...refused, groups: shut }));
  expect(codes(diagnosis.findings)).toContain('security-group-ingress-missing');
  expect(codes(saidByLog(diagnosis))).toEqual(['application-permission-denied']);
});

test('a log that says nothing leaves nothing to be told', () => {
  expect(saidByLog(diagnose(facts(mountOnly)))).toEqual([]);
});
