import { type ClickHouseClientConfigOptions } from '@clickhouse/client';

/** The plug of the official client; chDB comes with one. */
export type Connection = NonNullable<ClickHouseClientConfigOptions['connection']>;

type Settings = Readonly<Record<string, unknown>> | undefined;

/**
 * chDB shares one session among all calls, and settings given with a call stay on it: a leaked deduplication token makes
 * the next insert vanish silently. So calls run one at a time, and every setting that isn't the client's own is put back.
 */
export const oneAtATime = (inner: Connection, lasting: ReadonlySet<string>): Connection => {
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = queue.then(work, work);
    queue = turn.catch(() => undefined);
    return turn;
  };
  const putBack = async (settings: Settings): Promise<void> => {
    const given = Object.keys(settings ?? {}).filter((key) => !lasting.has(key) && /^\w+$/.test(key));
    if (given.length === 0) return;
    await inner.command({ query: `SET ${given.map((key) => `${key} = DEFAULT`).join(', ')}` });
  };
  const guarded = <P extends { readonly clickhouse_settings?: Settings }, T>(call: (params: P) => Promise<T>) => {
    return (params: P): Promise<T> =>
      inTurn(async () => {
        try {
          return await call(params);
        } finally {
          await putBack(params.clickhouse_settings);
        }
      });
  };
  return {
    ping: (params) => inTurn(() => inner.ping(params)),
    close: () => inTurn(() => inner.close()),
    query: guarded((params: Parameters<Connection['query']>[0]) => inner.query(params)),
    insert: guarded((params: Parameters<Connection['insert']>[0]) => inner.insert(params)),
    command: guarded((params: Parameters<Connection['command']>[0]) => inner.command(params)),
    exec: guarded((params: Parameters<Connection['exec']>[0]) => inner.exec(params)),
  };
};
