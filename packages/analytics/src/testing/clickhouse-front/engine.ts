/** The engine as the front uses it. */
export interface Engine {
  /** Runs one statement with its settings and parameters; answers the result's bytes. */
  run(sql: string, around: Around): Promise<Buffer>;
  close(): void;
}

export interface Around {
  readonly settings: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
  readonly database: string;
}

interface Session {
  queryAsync(sql: string, options?: { readonly format?: string }): Promise<{ bytes(): Uint8Array }>;
  close(): void;
}

/** Settings of the HTTP layer, which is us. */
const OURS = new Set(['wait_end_of_query', 'query_id', 'enable_http_compression', 'default_format']);

const quoted = (value: string): string => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** chDB has one session for everybody: one statement at a time, and its settings are put back after it. */
export const openEngine = async (dir: string): Promise<Engine> => {
  const name = 'chdb';
  const { Session: Opened } = (await import(name)) as { readonly Session: new (dir: string) => Session };
  const session = new Opened(dir);
  let queue: Promise<unknown> = Promise.resolve();
  const run = async (sql: string, { settings, parameters, database }: Around): Promise<Buffer> => {
    const given = Object.entries(settings).filter(([key]) => !OURS.has(key) && /^\w+$/.test(key));
    for (const [key, value] of given) await session.queryAsync(`SET ${key} = ${quoted(value)}`);
    for (const [key, value] of Object.entries(parameters))
      await session.queryAsync(`SET param_${key} = ${quoted(value)}`);
    try {
      await session.queryAsync(`USE ${database}`);
      return Buffer.from((await session.queryAsync(sql, { format: 'TabSeparated' })).bytes());
    } finally {
      for (const [key] of given) await session.queryAsync(`SET ${key} = DEFAULT`);
    }
  };
  return {
    run: (sql, around) => {
      const turn = queue.then(() => run(sql, around));
      queue = turn.catch(() => undefined);
      return turn;
    },
    close: () => session.close(),
  };
};
