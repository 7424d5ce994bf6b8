/** What a process sends to a worker's operations port. */
export interface Asking {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** The header of whoever asks: the worker checks the token and its role itself. */
  readonly authorization: string;
}

const LOOK_MS = 3_000;
/** A rebuild of years of events takes its time. */
const LONGEST_MS = 60 * 60_000;

/** The worker that has the work now, of those whose operations ports are known; undefined: none of them. */
export const findWorker = async (urls: readonly string[]): Promise<string | undefined> => {
  const looks = urls.map(async (url) => {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(LOOK_MS) });
    const report = (await answer.json()) as { readonly working?: boolean };
    if (report.working !== true) throw new Error('stands by');
    return url;
  });
  return Promise.any(looks).catch(() => undefined);
};

/** Asks a worker; throws what `fetch` throws where it can't be reached. */
export const askWorker = async (
  url: string,
  { method, path, authorization }: Asking,
): Promise<{ readonly status: number; readonly body: unknown }> => {
  const signal = AbortSignal.timeout(LONGEST_MS);
  const answer = await fetch(`${url}${path}`, { method, headers: { authorization }, signal });
  return { status: answer.status, body: await answer.json() };
};
