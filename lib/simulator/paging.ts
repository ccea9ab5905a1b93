import { simError } from './errors.ts';

export interface Page<T> {
  readonly items: T[];
  /** Absent on the last page. */
  readonly next?: string;
}

export interface PageRequest {
  /** The token that the page before gave out. */
  readonly token: string | undefined;
  /** As many as asked for, but no more than the service gives. */
  readonly size: number;
  readonly invalid?: string;
}

/** One page. Tokens are the position in the list, encoded so that nobody makes one up. */
export function pageOf<T>(all: readonly T[], request: PageRequest): Page<T> {
  const start = request.token === undefined ? 0 : Number(Buffer.from(request.token, 'base64url').toString('utf8'));
  if (!Number.isInteger(start) || start < 0) {
    throw simError(request.invalid ?? 'BadRequest', 400, 'The pagination token is not valid');
  }
  const end = start + request.size;
  const items = all.slice(start, end);
  return end < all.length ? { items, next: Buffer.from(String(end)).toString('base64url') } : { items };
}

export function pageSize(asked: number | undefined, most: number): number {
  return Math.max(1, Math.min(asked ?? most, most));
}
