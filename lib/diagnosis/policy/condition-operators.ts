import { BlockList, isIP } from 'node:net';
import { type Pattern, tokensMatch } from './patterns.ts';

/** `compare` says whether one value of the request matches one value of the policy; undefined: not comparable. */
export interface Operator {
  readonly compare: (wanted: string, had: string, pattern: ReadyPattern) => boolean | undefined;
  /** Negated operators ask that no value of the policy matches, and hold where the key is missing. */
  readonly negated: boolean;
  readonly wildcards: boolean;
  readonly variables: boolean;
}

type ReadyPattern = Extract<Pattern, { readonly state: 'ready' }>;
type Compare = Operator['compare'];

const byText: Compare = (_wanted, had, { tokens }) => tokensMatch(tokens, had);
const byTextIgnoringCase: Compare = (_wanted, had, { tokens }) => tokensMatch(tokens, had, { ignoreCase: true });
const asBool: Compare = (_wanted, had, { tokens }) => tokensMatch(tokens, had, { ignoreCase: true });
const asBinary: Compare = (wanted, had) => wanted === had;

const exact = { negated: false, wildcards: false, variables: true } as const;
const like = { negated: false, wildcards: true, variables: true } as const;
const plain = { negated: false, wildcards: false, variables: false } as const;

function pair(name: string, negatedName: string, operator: Operator): Readonly<Record<string, Operator>> {
  return { [name]: operator, [negatedName]: { ...operator, negated: true } };
}

/** IAM user guide, "IAM JSON policy elements: Condition operators". Keys are in lower case. */
export const operators: Readonly<Record<string, Operator>> = {
  ...pair('stringequals', 'stringnotequals', { compare: byText, ...exact }),
  ...pair('stringequalsignorecase', 'stringnotequalsignorecase', { compare: byTextIgnoringCase, ...exact }),
  ...pair('stringlike', 'stringnotlike', { compare: byText, ...like }),
  ...pair('arnequals', 'arnnotequals', { compare: asArn, ...like }),
  ...pair('arnlike', 'arnnotlike', { compare: asArn, ...like }),
  ...pair('numericequals', 'numericnotequals', {
    compare: ordered(numberOf, (had, wanted) => had === wanted),
    ...plain,
  }),
  ...pair('dateequals', 'datenotequals', { compare: ordered(secondsOf, (had, wanted) => had === wanted), ...plain }),
  ...ranges('numeric', numberOf),
  ...ranges('date', secondsOf),
  ...pair('ipaddress', 'notipaddress', { compare: asAddress, ...plain }),
  bool: { compare: asBool, ...exact },
  binaryequals: { compare: asBinary, ...plain },
};

function ranges(prefix: string, read: (text: string) => number | undefined): Readonly<Record<string, Operator>> {
  const of = (holds: (had: number, wanted: number) => boolean) => ({ compare: ordered(read, holds), ...plain });
  return {
    [`${prefix}lessthan`]: of((had, wanted) => had < wanted),
    [`${prefix}lessthanequals`]: of((had, wanted) => had <= wanted),
    [`${prefix}greaterthan`]: of((had, wanted) => had > wanted),
    [`${prefix}greaterthanequals`]: of((had, wanted) => had >= wanted),
  };
}

function ordered(read: (text: string) => number | undefined, holds: (had: number, wanted: number) => boolean): Compare {
  return (wanted, had) => {
    const [left, right] = [read(had), read(wanted)];
    return left === undefined || right === undefined ? undefined : holds(left, right);
  };
}

function numberOf(text: string): number | undefined {
  return /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text) ? Number(text) : undefined;
}

const w3cDate = /^\d{4}-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?)?$/;

/** "one of the W3C implementations of the ISO 8601 date formats or in epoch (UNIX) time". */
function secondsOf(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const millis = w3cDate.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(millis) ? undefined : millis / 1000;
}

/** "Each of the six colon-delimited components of the ARN is checked separately". */
function asArn(wanted: string, had: string, { tokens }: ReadyPattern): boolean | undefined {
  const fields = (text: string) => text.split(':').length;
  if (fields(wanted.replace(/\$\{[^}]*\}/g, '')) < 6 || fields(had) < 6) return undefined;
  return tokensMatch(tokens, had, { form: 'arn' });
}

function asAddress(wanted: string, had: string): boolean | undefined {
  const [network = '', bits] = wanted.split('/');
  const [family, hadFamily] = [isIP(network), isIP(had)];
  if (family === 0 || hadFamily === 0) return undefined;
  const longest = family === 4 ? 32 : 128;
  const prefix = bits === undefined ? longest : Number(bits);
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > longest) return undefined;
  const list = new BlockList();
  list.addSubnet(network, prefix, family === 4 ? 'ipv4' : 'ipv6');
  return family === hadFamily && list.check(had, hadFamily === 4 ? 'ipv4' : 'ipv6');
}
