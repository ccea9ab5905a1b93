import { absent, type Fact, unknown } from '../domain/fact.ts';
import { Refusal, type RefusalKind } from '../refusal.ts';
import { actionOfError } from './calls.ts';

/** The one place where AWS's error codes are compared. */
interface Row {
  readonly kind: RefusalKind;
  readonly code: RegExp;
  readonly message?: RegExp;
}

/** The first row that matches says how the error is to be taken; one that matches none is `permanent`. */
const ROWS: readonly Row[] = [
  // EFS user guide, "Managing throughput": an increase or a change of mode closes the file system for 24 hours.
  { kind: 'locked', code: /^TooManyRequests$/ },
  { kind: 'gone', code: /NotFound(Exception|Fault)?$|^NoSuchEntity(Exception)?$|^ServiceNotActiveException$/ },
  // ECS has no code of its own for a task definition that is not there.
  { kind: 'gone', code: /^ClientException$/, message: /unable to describe task definition/i },
  { kind: 'denied', code: /^(AccessDenied|AuthorizationError|NotAuthorized|UnauthorizedOperation|AuthFailure)/ },
  { kind: 'denied', code: /AccessDenied|^(ExpiredToken|InvalidClientTokenId|UnrecognizedClient|.*Signature)/ },
  { kind: 'transient', code: /Throttl|^RequestLimitExceeded$|^TooManyRequestsException$|^ProvisionedThroughputExc/ },
  { kind: 'transient', code: /^(InsufficientThroughputCapacity|PriorRequestNotComplete|SlowDown|RequestTimeout)/ },
  { kind: 'conflict', code: /^(IncorrectFileSystemLifeCycleState|IncorrectMountTargetState|ConditionalCheckFailed)/ },
  { kind: 'conflict', code: /^(ConcurrentModification|EntityTemporarilyUnmodifiable|TooManyUpdates|ResourceInUse)/ },
  { kind: 'conflict', code: /^(UpdateInProgress|TransactionConflict|AccessPointAlreadyExists)/ },
];

const THROTTLED = /Throttl|^RequestLimitExceeded$|^TooManyRequestsException$|^ProvisionedThroughputExceeded/;
const NO_ANSWER =
  /^(TimeoutError|AbortError|ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;
const LONGEST_MESSAGE = 500;

interface AwsError extends Error {
  readonly code?: string;
  /** Only errors that AWS worded have it. */
  readonly $fault?: 'client' | 'server';
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly AccessPointId?: string;
  readonly Item?: Readonly<Record<string, { readonly S?: string }>>;
}

/** What a failed read says about the thing. An error that AWS did not give is no fact: it is thrown on as it is. */
export function toFact(error: unknown): Fact<never> {
  const aws = fromAws(error);
  const kind = kindOf(aws);
  return kind === 'gone' ? absent : unknown(whyOf(aws, kind));
}

/** What a failed write means. Gives back anything that AWS did not say, to be thrown on as it is. */
export function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const aws = fromAws(error);
  const kind = kindOf(aws);
  const untilMs = kind === 'locked' ? untilOf(aws.message) : undefined;
  const message = kind === 'denied' ? whyOf(aws, kind) : said(aws);
  return new Refusal(kind, codeOf(aws), untilMs === undefined ? { message } : { message, untilMs });
}

export function isThrottled(error: unknown): boolean {
  return isFromAws(error) && THROTTLED.test(codeOf(error));
}

/** DynamoDB found another version than the write was made for: who wrote it, where the row is still there to tell. */
export function raceWinner(error: unknown): { readonly writer?: string } | undefined {
  if (!isFromAws(error) || codeOf(error) !== 'ConditionalCheckFailedException') return undefined;
  const writer = error.Item?.['writer']?.S;
  return writer === undefined ? {} : { writer };
}

export function isDuplicateRule(error: unknown): boolean {
  return isFromAws(error) && codeOf(error) === 'InvalidPermission.Duplicate';
}

export type CallerTrouble = 'no-credentials' | 'expired' | 'no-region' | 'bad-region' | 'no-answer';

const CALLER_TROUBLES: readonly (readonly [CallerTrouble, RegExp])[] = [
  ['no-region', /^Error: Region is missing/],
  ['bad-region', /^Error: Region not accepted/],
  ['no-credentials', /^(CredentialsProviderError|TokenProviderError)\b|Could not load credentials/],
  [
    'expired',
    /^(ExpiredToken|RequestExpired|InvalidClientTokenId|UnrecognizedClient|InvalidSignature|SignatureDoesNotMatch)/,
  ],
];

/** What is wrong with whoever calls, so that no call at all can be answered; undefined where that is not it. */
export function callerTrouble(error: unknown): CallerTrouble | undefined {
  if (!(error instanceof Error)) return undefined;
  const text = `${error.name}: ${error.message}`;
  const known = CALLER_TROUBLES.find(([, pattern]) => pattern.test(text))?.[0];
  const { code = '' } = error as AwsError;
  return known ?? (NO_ANSWER.test(error.name) || NO_ANSWER.test(code) ? 'no-answer' : undefined);
}

export function isGone(error: unknown): boolean {
  return isFromAws(error) && kindOf(error) === 'gone';
}

/** SNS takes no subject that it cannot send by mail. */
export function isBadSubject(error: unknown): boolean {
  return isFromAws(error) && /^InvalidParameter/.test(codeOf(error)) && /subject/i.test(error.message);
}

/** The access point that the client token made before: the refusal carries its id. */
export function existingAccessPoint(error: unknown): string | undefined {
  if (!isFromAws(error) || codeOf(error) !== 'AccessPointAlreadyExists') return undefined;
  return error.AccessPointId;
}

function isFromAws(error: unknown): error is AwsError {
  if (!(error instanceof Error)) return false;
  const { $fault, $metadata, code, name } = error as AwsError;
  const answered = $fault !== undefined || $metadata?.httpStatusCode !== undefined;
  return answered || NO_ANSWER.test(name) || NO_ANSWER.test(code ?? '');
}

function fromAws(error: unknown): AwsError {
  if (!isFromAws(error)) throw error;
  return error;
}

/** An answer that the SDK cannot read (a proxy's HTML page, say) has only its status for a code. */
function codeOf(error: AwsError): string {
  if (error.$fault !== undefined) return error.name;
  const status = error.$metadata?.httpStatusCode;
  return status === undefined ? (error.code ?? error.name) : `HTTP ${status}`;
}

function kindOf(error: AwsError): RefusalKind {
  const code = codeOf(error);
  const row = ROWS.find((one) => one.code.test(code) && (one.message?.test(error.message) ?? true));
  if (row !== undefined) return row.kind;
  return error.$fault === 'client' ? 'permanent' : 'transient';
}

function whyOf(error: AwsError, kind: RefusalKind): string {
  const asked = actionOfError(error) ?? 'the call';
  if (kind === 'denied')
    return `denied: this role may not call ${/perform:? ([\w-]+:\w+)/.exec(error.message)?.[1] ?? asked}`;
  if (THROTTLED.test(codeOf(error))) return `throttled: AWS took no more calls of ${asked}`;
  if (kind === 'transient') return `no answer: AWS did not answer ${asked} (${codeOf(error)})`;
  return `refused: AWS answered ${asked} with ${said(error)}`;
}

function said(error: AwsError): string {
  const text = `${codeOf(error)}: ${error.message}`.replace(/\s+/g, ' ').trim();
  return text.length > LONGEST_MESSAGE ? `${text.slice(0, LONGEST_MESSAGE)}…` : text;
}

/** `Wait until 2026-09-02T10:00:00Z UTC and try again.`; without a time it stays unknown when the lock ends. */
function untilOf(message: string): number | undefined {
  const iso = /wait until (\d{4}-\d\d-\d\dT[\d:.]+)/i.exec(message)?.[1];
  const untilMs = iso === undefined ? Number.NaN : Date.parse(`${iso.replace(/\.$/, '')}Z`);
  return Number.isNaN(untilMs) ? undefined : untilMs;
}
