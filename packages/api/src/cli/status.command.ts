import Table from 'cli-table3';
import { configFromEnvironment } from '../composition/environment';
import { NOBODY_RUNS, runningServer } from './admin-client';
import { CliError } from './cli-error';

interface Status {
  readonly consumers: readonly {
    readonly name: string;
    readonly version: number;
    readonly state: string;
    readonly lagEvents: number | null;
    readonly lagMs: number;
    readonly fault?: { readonly reason: string };
  }[];
  readonly analytics: { readonly state: string };
}

/** Asks the running server: how far a consumer is, only it knows. */
export const statusCommand = async (): Promise<string> => {
  const server = await runningServer(configFromEnvironment());
  if (!server) throw new CliError(NOBODY_RUNS);
  const { consumers, analytics } = (await server.ask('GET', '/status')) as Status;
  const table = new Table({
    head: ['consumer', 'version', 'state', 'events behind', 'seconds behind', 'fault'],
    style: { head: [], border: [] },
  });
  for (const { name, version, state, lagEvents, lagMs, fault } of consumers)
    table.push([name, version, state, lagEvents ?? '?', Math.round(lagMs / 100) / 10, fault?.reason ?? '']);
  return `${table.toString()}\nanalytics: ${analytics.state}`;
};
