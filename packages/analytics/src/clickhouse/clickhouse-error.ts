/**
 * ClickHouse itself answered with an error, which has a numeric code. By shape, not by class: chDB and the client each
 * bring a class of their own.
 */
export const saidByClickHouse = (error: unknown): error is { readonly code: string; readonly type?: string } =>
  /^\d+$/.test(String((error as { readonly code?: unknown } | undefined)?.code));

/**
 * The kind of failure and its code: ClickHouse's whole message may repeat values of rows, and a parser's quotes what it
 * read.
 */
export const sentenceOf = (error: unknown): string => {
  if (saidByClickHouse(error)) return `ClickHouse error ${error.code} ${error.type ?? ''}`.trim();
  const { code, message, name } = (error ?? {}) as Readonly<Record<'code' | 'message' | 'name', unknown>>;
  if (typeof code === 'string') return code;
  if (message === 'Timeout error.') return 'no answer in time';
  return typeof name === 'string' ? name : 'unknown failure';
};
