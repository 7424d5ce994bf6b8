import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp, createPlatform, issueToken, readConfig, secretFile } from '@aftercare/api';
import { systemClock } from '@aftercare/event-store';
import { startRival } from './rival.server';

/**
 * A server in a process of its own: `ours` on SQLite in a temporary folder, with everything that follows the log but
 * analytics; `answers-only`: the same, and nothing follows the log; or the `rival`. Told to stop by a message.
 */
const main = async (): Promise<void> => {
  if (process.argv[2] === 'rival') {
    process.send?.({ port: await startRival() });
    process.on('message', () => process.exit(0));
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-bench-'));
  const config = readConfig({ DATA_DIR: folder, LOG_LEVEL: 'warn', ANALYTICS: 'off', PORT: '0' });
  const platform = await createPlatform(config);
  const following = process.argv[2] === 'ours';
  const app = await createApp(following ? platform : { ...platform, start: () => undefined });
  const address = await app.listen(0, '127.0.0.1');
  const token = await issueToken(
    { id: 'bench', roles: ['agent'], days: 1 },
    secretFile(join(folder, 'token.key')),
    systemClock(),
  );
  process.send?.({ port: Number(new URL(address).port), token });
  process.on('message', (message) => {
    if (message === 'lag')
      void platform.reading
        .status()
        .then((consumers) => process.send?.({ lagMs: Math.max(...consumers.map(({ lagMs }) => lagMs)) }));
    else
      void app.close().then(() => {
        rmSync(folder, { recursive: true, force: true });
        process.exit(0);
      });
  });
};

void main();
