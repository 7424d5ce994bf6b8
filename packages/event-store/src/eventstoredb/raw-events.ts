import type { Readable } from 'node:stream';
import type { Delivered, IncomingEvent, LogPosition } from './esdb-link';

/** The parts of the client's wire messages that are looked at; checked before they are used. */
interface WireRecord {
  getStreamIdentifier(): { getStreamName(): Uint8Array | string } | undefined;
  getId(): { getString(): string } | undefined;
  getStreamRevision(): string;
  getCommitPosition(): string;
  getPreparePosition(): string;
  getMetadataMap(): { get(key: string): string | undefined };
  getData_asU8(): Uint8Array;
  getCustomMetadata_asU8(): Uint8Array;
}

interface WireMessage {
  hasEvent?(): boolean;
  getEvent?(): { getEvent?(): WireRecord | undefined } | undefined;
}

interface Converting extends Readable {
  _transform?: (
    message: unknown,
    encoding: BufferEncoding,
    next: (error: unknown, value?: Delivered) => void,
  ) => unknown;
}

const TICKS_PER_MS = 10_000;

/**
 * Makes a stream of the client hand over data and metadata as the text that lies in the store, where it would parse
 * both and lose the text: the bytes read are then the bytes hashed, and nothing is parsed and written again only to be
 * compared. Everything but events goes the client's own way, and so do events that do not look as expected.
 */
export const asStored = <S extends Readable>(stream: S): S => {
  const converting = stream as Converting;
  const original = converting._transform;
  if (original === undefined) return stream;
  converting._transform = function (message, encoding, next) {
    const record = recordOf(message as WireMessage);
    if (record === undefined) return original.call(stream, message, encoding, next);
    return next(null, { event: new WireEvent(record) });
  };
  return stream;
};

const recordOf = (message: WireMessage): WireRecord | undefined => {
  if (message.hasEvent?.() !== true) return undefined;
  const record = message.getEvent?.()?.getEvent?.();
  return record !== undefined && typeof record.getData_asU8 === 'function' && record.getId()?.getString()
    ? record
    : undefined;
};

/** Taken apart as far as it is asked for: whoever only follows what was written looks at place and metadata. */
class WireEvent implements IncomingEvent {
  readonly position: LogPosition;

  constructor(private readonly record: WireRecord) {
    this.position = { commit: BigInt(record.getCommitPosition()), prepare: BigInt(record.getPreparePosition()) };
  }

  get streamId(): string {
    const name = this.record.getStreamIdentifier()?.getStreamName() ?? '';
    return typeof name === 'string' ? Buffer.from(name, 'base64').toString('utf8') : text(name);
  }

  get id(): string {
    return this.record.getId()?.getString() ?? '';
  }

  get revision(): bigint {
    return BigInt(this.record.getStreamRevision());
  }

  get type(): string {
    return this.record.getMetadataMap().get('type') ?? '';
  }

  get data(): string {
    return text(this.record.getData_asU8());
  }

  get metadata(): string {
    return text(this.record.getCustomMetadata_asU8());
  }

  get created(): number {
    return Number(this.record.getMetadataMap().get('created') ?? 0) / TICKS_PER_MS;
  }
}

const text = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
