/** How a failed call is to be taken: try again later, never, the thing is gone, or a limit that has an end. */
export type RefusalKind = 'transient' | 'permanent' | 'gone' | 'denied' | 'conflict' | 'locked';

/** The only error that the world's writes throw: what AWS said, sorted by what can be done about it. */
export class Refusal extends Error {
  readonly kind: RefusalKind;
  /** AWS's own error code. */
  readonly code: string;
  /** For `locked`: when AWS takes the call again. */
  readonly untilMs: number | undefined;

  constructor(kind: RefusalKind, code: string, detail: { readonly message: string; readonly untilMs?: number }) {
    super(detail.message);
    this.name = 'Refusal';
    this.kind = kind;
    this.code = code;
    this.untilMs = detail.untilMs;
  }
}
