import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { aggregateOf, idOf } from '@aftercare/domain';
import { AnchorRefusedError, SigningKeyError, UndecodableEventError } from '@aftercare/event-store';
import { configFromEnvironment, platformFromEnvironment } from '../composition/environment';
import { exportMatter } from '../evidence/export-matter';
import { commandLineActor } from './command-line-actor';
import { servingHere } from './admin-client';
import { CliError } from './cli-error';
import { openReadingDesk } from './reading-desk';

export interface ExportCommandOptions {
  readonly reason: string;
  readonly out?: string;
  readonly disclose?: readonly string[];
  readonly withholdPersonal?: boolean;
}

/** Exports a ticket, complaint or case as one ZIP, through the running server or straight from the files. */
export const exportCommand = async (
  name: string,
  options: ExportCommandOptions,
  say: (line: string) => void,
): Promise<void> => {
  const config = configFromEnvironment();
  const desk = await openReadingDesk(config);
  const stream = await desk.streamOf(name).finally(() => desk.close());
  if (!['ticket', 'complaint'].includes(aggregateOf(stream)))
    throw new CliError(`${stream} is neither a ticket nor a complaint`);
  const target = resolve(options.out ?? `aftercare-${/^[A-Za-z0-9]+$/.test(name) ? name : idOf(stream)}.zip`);
  const { reason, disclose = [], withholdPersonal = false } = options;
  const wish = { reason, disclose: [...disclose], withholdPersonal };
  const server = await servingHere(config);
  if (server) {
    const path = `/${aggregateOf(stream) === 'ticket' ? 'tickets' : 'complaints'}/${idOf(stream)}/export`;
    await save(await server.download(path, wish), target);
  } else {
    const platform = await platformFromEnvironment();
    try {
      const actor = { id: commandLineActor(), role: 'auditor' } as const;
      const { zip } = await exportMatter(platform, stream, { ...wish, actor, requestId: randomUUID() });
      await save(zip, target);
    } catch (error) {
      const speaks = [AnchorRefusedError, SigningKeyError, UndecodableEventError].some((kind) => error instanceof kind);
      throw speaks ? new CliError(`nothing was exported: ${(error as Error).message}`) : error;
    } finally {
      await platform.stop();
    }
  }
  say(`${target}\ncheck it with: npm run aftercare -- verify --export ${target}, or node verify.mjs from anywhere`);
};

/** Under another name until it is whole: half an export must not be taken for one. */
const save = async (from: NodeJS.ReadableStream, target: string): Promise<void> => {
  await pipeline(from, createWriteStream(`${target}.part`, { mode: 0o600 }));
  await rename(`${target}.part`, target);
};
