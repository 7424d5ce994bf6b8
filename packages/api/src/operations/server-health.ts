/** How one of the servers, or what stands in for it in this process, is doing. */
export interface ServerHealth {
  readonly kind: 'eventstoredb' | 'postgres' | 'clickhouse' | 'sqlite' | 'memory' | 'engine' | 'none';
  readonly state: 'ok' | 'degraded' | 'off';
  /** Kind and code of the failure; never a message, which may hold an address with a password. */
  readonly why?: string;
}

export interface ServersHealth {
  readonly eventStore: ServerHealth;
  readonly views: ServerHealth;
  readonly clickhouse: ServerHealth;
}
