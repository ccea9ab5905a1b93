import { LONGEST_POLICY, tagProtection } from '../../plan/tag-protection.ts';
import { EXIT, Stop } from '../exit.ts';
import type { Terminal } from '../terminal.ts';

export interface TagProtectionOptions {
  readonly account: readonly string[];
  readonly region: readonly string[];
  readonly owner: readonly string[];
  readonly deployer?: readonly string[];
}

const ROLE_ARN = /^arn:[\w-]+:iam::(\d{12}|\*):role\/\S+$/;

/** Prints the service control policy that keeps the keys in the hands of their owners. Nothing is sent to AWS. */
export async function printTagProtection(options: TagProtectionOptions, terminal: Terminal): Promise<number> {
  const { account, region, owner, deployer = [] } = options;
  all('--account', account, { valid: /^\d{12}$/, expected: '12 digits' });
  all('--region', region, { valid: /^[a-z]+(-[a-z]+)+-\d$/, expected: 'a Region such as eu-west-1' });
  const role = { valid: ROLE_ARN, expected: 'the ARN of a role, such as arn:aws:iam::111122223333:role/storage-admin' };
  all('--owner', owner, role);
  all('--deployer', deployer, role);
  const installations = account.flatMap((accountId) => region.map((one) => ({ accountId, region: one })));
  const policy = tagProtection({ owners: owner, deployers: deployer, installations });
  const length = JSON.stringify(policy).length;
  if (length > LONGEST_POLICY)
    throw new Stop(
      `The policy would have ${length} characters without spaces, and AWS takes ${LONGEST_POLICY}. Print one for each account, and attach each to its account.`,
    );
  await terminal.data(`${JSON.stringify(policy, undefined, 2)}\n`);
  return EXIT.fine;
}

interface Rule {
  readonly valid: RegExp;
  readonly expected: string;
}

function all(option: string, words: readonly string[], { valid, expected }: Rule): void {
  const odd = words.find((word) => !valid.test(word));
  if (odd !== undefined) throw new Stop(`${option} is "${odd.slice(0, 80)}"; expected ${expected}.`);
}
