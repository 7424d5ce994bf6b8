import Table from 'cli-table3';
import { configFromEnvironment } from '../composition/environment';
import { runningServer } from './admin-client';
import { CliError } from './cli-error';

/** Every kind with the version in force and the versions published. */
export const policiesCommand = async (): Promise<string> => {
  const server = await runningServer(configFromEnvironment());
  if (!server) throw new CliError('no server is running on this data directory: start it with `npm start`');
  const { policies } = (await server.ask('GET', '/policies')) as {
    policies: readonly { kind: string; inForce: { version: number; effectiveFrom: string }; versions: number }[];
  };
  const table = new Table({ head: ['kind', 'in force', 'since', 'versions'], style: { head: [], border: [] } });
  for (const { kind, inForce, versions } of policies)
    table.push([kind, inForce.version, inForce.effectiveFrom, versions]);
  return table.toString();
};
