import { configFromEnvironment } from '../composition/environment';
import { NOBODY_RUNS, runningServer } from './admin-client';
import { CliError } from './cli-error';

/** The running server builds the table beside the one that answers, and switches; nobody waits meanwhile. */
export const rebuildCommand = async (name: string, say: (line: string) => void): Promise<void> => {
  const server = await runningServer(configFromEnvironment());
  if (!server) throw new CliError(NOBODY_RUNS);
  await server.ask('POST', `/admin/read-models/${encodeURIComponent(name)}/rebuild`, {});
  say(`${name} is built anew and answers from the new table`);
};
