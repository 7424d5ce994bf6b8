/** What parent and child of the ClickHouse front say to each other. */

/** How a request is to go wrong. `stored-…`: it is carried out, and then nobody hears of it. */
export type FaultKind =
  'refused' | 'cut-before' | 'stored-then-silent' | 'stored-then-cut' | 'error-in-mid-stream' | 'cut-in-mid-stream';

export interface Fault {
  readonly kind: FaultKind;
  /** Only requests whose SQL holds this text. */
  readonly sql: string;
  /** So many requests, then all is well again. */
  readonly times: number;
}

export type ToFront =
  | { readonly fault: Fault | null }
  | { readonly away: boolean }
  /** Closes the engine and ends. */
  | { readonly stop: true };

/** A request as the front saw it. */
export interface Seen {
  readonly sql: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly fault?: FaultKind;
  /** Numbers the connections: a request on one that was used before has its number. */
  readonly connection: number;
}

export type FromFront =
  { readonly listening: number } | { readonly seen: Seen } | { readonly is: 'away' | 'back' | 'set' };

export interface FrontOptions {
  /** Where the engine keeps its files. */
  readonly dir: string;
  /** 0: any free port. */
  readonly port: number;
  readonly user?: string;
  readonly password?: string;
  /** How long an idle connection is kept, in milliseconds; 10 s, as ClickHouse does. */
  readonly keepAliveMs?: number;
  /** Files of a certificate: HTTPS then. */
  readonly tls?: { readonly key: string; readonly cert: string };
}
