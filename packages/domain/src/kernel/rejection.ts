/** A refusal by a rule: a value, never a throw. `code` is stable and has a text in every language (messages). */
export interface Rejection {
  readonly rejected: true;
  readonly code: string;
  /** What a reader needs to understand the refusal; never personal. */
  readonly details: Readonly<Record<string, unknown>>;
}

export const reject = (code: string, details: Readonly<Record<string, unknown>> = {}): Rejection => ({
  rejected: true,
  code,
  details,
});

export const isRejection = (value: unknown): value is Rejection =>
  typeof value === 'object' && value !== null && (value as { rejected?: unknown }).rejected === true;
