import { accessPointsIn, type GrantDocument } from './grant-document.ts';

/** IAM user guide, "IAM and AWS STS quotas": all inline policies of a role together, white space not counted. */
export const inlinePolicyLimit = 10_240;

export interface RoleRoom {
  readonly fits: boolean;
  /** Of all inline policies of the role, this document included. */
  readonly characters: number;
  readonly limit: number;
  /** How many more access points of this file system, with permissions that another one has already. */
  readonly moreAccessPoints: number;
}

/** @param otherInlineCharacters {@link policyCharacters} of all other inline policies of the role */
export function fitsRole(input: {
  readonly otherInlineCharacters: number;
  readonly document: GrantDocument;
}): RoleRoom {
  const characters = input.otherInlineCharacters + policyCharacters(input.document);
  const left = inlinePolicyLimit - characters;
  const moreAccessPoints = Math.max(0, Math.floor(left / charactersAnAccessPoint(input.document)));
  return { fits: left >= 0, characters, limit: inlinePolicyLimit, moreAccessPoints };
}

/** @param policy the JSON text as IAM keeps it, or the value parsed from it */
export function policyCharacters(policy: unknown): number {
  const text = typeof policy === 'string' ? policy : JSON.stringify(policy);
  return text.replace(/\s/g, '').length;
}

const quotesAndComma = 3;

function charactersAnAccessPoint({ Statement }: GrantDocument): number {
  const arns = Statement.flatMap(accessPointsIn);
  return Math.max(...arns.map((each) => each.length)) + quotesAndComma;
}
