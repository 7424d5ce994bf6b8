import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { aggregateOf } from '@aftercare/domain';
import { caseFileContents } from '../case-file/case-file';
import { caseFilePdf } from '../case-file/case-file-pdf';
import { configFromEnvironment } from '../composition/environment';
import { commandLineActor } from './command-line-actor';
import { CliError } from './cli-error';
import { openReadingDesk } from './reading-desk';

export interface CaseFileOptions {
  readonly out: string;
}

/**
 * The file of a case as PDF, from the events alone, beside a running server or without one. Personal parts stay sealed:
 * who needs them asks over HTTP, where it is recorded.
 */
export const caseFileCommand = async (
  name: string,
  { out }: CaseFileOptions,
  say: (line: string) => void,
): Promise<void> => {
  const config = configFromEnvironment();
  const desk = await openReadingDesk(config);
  try {
    const stream = await desk.streamOf(name);
    if (!['ticket', 'complaint'].includes(aggregateOf(stream)))
      throw new CliError(`${stream} is neither a ticket nor a complaint`);
    const contents = await caseFileContents({ ...desk.sources, store: desk.store }, stream, {
      askedBy: { id: commandLineActor(), role: 'auditor' },
      reason: '命令行制卷,个人信息未打开',
      disclosure: 'sealed',
    });
    const target = resolve(out);
    await save(await caseFilePdf(contents), target);
    say(`${target}: ${contents.events.length} 个事件 events, personal parts sealed`);
  } finally {
    await desk.close();
  }
};

/** Under another name until it is whole: half a file must not be taken for one. */
const save = async (pdf: NodeJS.ReadableStream, target: string): Promise<void> => {
  try {
    await pipeline(pdf, createWriteStream(`${target}.part`, { mode: 0o600 }));
    await rename(`${target}.part`, target);
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === undefined) throw error;
    throw new CliError(`${target} could not be written: ${code}`);
  }
};
