import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { SubjectKeys } from '@aftercare/event-store';
import { mediaTypeOf, SNIFFED_BYTES, type AttachmentType } from './media-type';
import { DamagedFileError, fileKey, openChunks, sealChunks, type FilePlace } from './sealed-chunks';

/** What a content turned out to be while it was written. */
export interface StoredContent {
  /** SHA-256 of the content, hex. */
  readonly digest: string;
  readonly bytes: number;
  readonly mediaType: AttachmentType;
}

/** Why a content was not taken; nothing of it is kept. */
export class RefusedContentError extends Error {
  override readonly name = 'RefusedContentError';
  constructor(readonly reason: 'type' | 'size' | 'empty') {
    super(`an attachment was refused for its ${reason}`);
  }
}

/** The person whose key it lies under was forgotten. */
export class ErasedContentError extends Error {
  override readonly name = 'ErasedContentError';
}

const SALT_BYTES = 32;
/** First bytes of every file: format 1. */
const MAGIC = Buffer.from('AFT1');

interface Parts {
  readonly folder: string;
  readonly lineageId: string;
  readonly keys: Pick<SubjectKeys, 'ensure' | 'find'>;
  readonly maxBytes: number;
}

/**
 * Contents of attachments as files, each encrypted under the key of the person (or case) it is about: erasing the person
 * closes them too. Read and written in chunks, never whole in memory. The event that names a content holds its digest.
 */
export class AttachmentFiles {
  constructor(private readonly parts: Parts) {}

  /**
   * Writes a content; it is durable when this resolves.
   *
   * @param subject whose key it lies under
   * @param nameOf its id, which follows from the content: the same id written twice is the same content
   * @throws RefusedContentError, ErasedContentError
   */
  async write(
    { stream, subject, nameOf }: { stream: string; subject: string; nameOf: (digest: string) => string },
    content: AsyncIterable<Buffer>,
  ): Promise<StoredContent & { readonly attachmentId: string }> {
    const { folder, keys } = this.parts;
    const key = (await keys.ensure([subject])).get(subject);
    if (key === undefined || key === 'erased') throw new ErasedContentError();
    const place = this.place(stream);
    const salt = randomBytes(SALT_BYTES);
    const read = this.inspected(content);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const beside = this.path(`${salt.toString('hex', 0, 16)}.new`);
    const file = await open(beside, 'wx', 0o600);
    try {
      await file.write(Buffer.concat([MAGIC, salt]));
      for await (const chunk of sealChunks(read.content, fileKey(key, salt), place)) await file.write(chunk);
      await file.sync();
      await file.close();
      const stored = read.result();
      const attachmentId = nameOf(stored.digest);
      await rename(beside, this.path(attachmentId));
      await syncFolder(folder);
      return { attachmentId, ...stored };
    } catch (error) {
      await file.close().catch(() => undefined);
      await rm(beside, { force: true });
      throw error;
    }
  }

  /**
   * The content, chunk by chunk. The last one is held back until the digest was found to be the one that the event names:
   * nobody gets the whole of another content.
   *
   * @throws ErasedContentError, DamagedFileError (also in the middle)
   */
  async *read(
    { stream, attachmentId, digest }: { stream: string; attachmentId: string; digest: string },
    subject: string,
  ): AsyncGenerator<Buffer, void, undefined> {
    const key = await this.parts.keys.find(subject);
    if (key === 'erased') throw new ErasedContentError();
    const file = await open(this.path(attachmentId), 'r').catch(() => {
      throw new DamagedFileError('the file is not there');
    });
    const salt = await saltOf(file);
    if (key === undefined || salt === undefined) throw new DamagedFileError('the file has no key or no beginning');
    const place = this.place(stream);
    const sealed = createReadStream(this.path(attachmentId), { start: MAGIC.length + SALT_BYTES });
    const hash = createHash('sha256');
    let held: Buffer | undefined;
    for await (const chunk of openChunks(sealed as AsyncIterable<Buffer>, fileKey(key, salt), place)) {
      hash.update(chunk);
      if (held) yield held;
      held = chunk;
    }
    if (hash.digest('hex') !== digest) throw new DamagedFileError('it is another content than the event names');
    if (held) yield held;
  }

  /** Takes back a content that no event came to name. */
  async remove(attachmentId: string): Promise<void> {
    await rm(this.path(attachmentId), { force: true });
  }

  private place(stream: string): FilePlace {
    return { lineageId: this.parts.lineageId, stream };
  }

  private path(attachmentId: string): string {
    return join(this.parts.folder, attachmentId);
  }

  /** The content on its way, counted, hashed and looked at; throws as soon as it can't be taken. */
  private inspected(content: AsyncIterable<Buffer>) {
    const { maxBytes } = this.parts;
    const hash = createHash('sha256');
    let bytes = 0;
    let start = Buffer.alloc(0);
    const looked = async function* (): AsyncGenerator<Buffer> {
      for await (const part of content) {
        bytes += part.length;
        if (bytes > maxBytes) throw new RefusedContentError('size');
        if (start.length < SNIFFED_BYTES) start = Buffer.concat([start, part]).subarray(0, SNIFFED_BYTES);
        hash.update(part);
        yield part;
      }
      if (bytes === 0) throw new RefusedContentError('empty');
      if (mediaTypeOf(start) === undefined) throw new RefusedContentError('type');
    };
    return {
      content: looked(),
      result: (): StoredContent => ({ digest: hash.digest('hex'), bytes, mediaType: mediaTypeOf(start)! }),
    };
  }
}

const saltOf = async (file: FileHandle): Promise<Buffer | undefined> => {
  try {
    const start = Buffer.alloc(MAGIC.length + SALT_BYTES);
    const { bytesRead } = await file.read(start, 0, start.length, 0);
    const isOurs = bytesRead === start.length && start.subarray(0, MAGIC.length).equals(MAGIC);
    return isOurs ? start.subarray(MAGIC.length) : undefined;
  } finally {
    await file.close();
  }
};

/** Without this a file that was acknowledged may be gone after a power cut: its name lies in the folder. */
const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};
