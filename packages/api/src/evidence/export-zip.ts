import { createHash, hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { millisOf } from '@aftercare/domain';
import { exportedEvent } from '@aftercare/event-store';
import { ZipFile } from 'yazl';
import { attachmentsIn, complaintEvidence, ticketAttachments } from '../attachments/attachment-kinds';
import type { ExportContents } from './export-contents';
import { readMe } from './read-me';

/** The checker that goes along; the same folder beside `src` and `dist`. */
export const VERIFIER = join(__dirname, '../../assets/verify.mjs');

/** So many bytes are put together at a time: it takes a few milliseconds, then others have their turn. */
const PIECE = 262_144;

interface Packing {
  /** `history.html`, text by text. */
  readonly page: Iterable<string>;
  /** Signs the SHA-256 of the manifest. */
  readonly sign: (manifest: string) => Promise<{ readonly keyId: string; readonly signature: string }>;
}

/**
 * The ZIP as a stream. The manifest names the digest of every other file and is signed, so that nothing in the export can
 * be changed or left out unseen; it stands at the end, because it is known only then.
 */
export const exportZip = async (contents: ExportContents, { page, sign }: Packing): Promise<NodeJS.ReadableStream> => {
  const zip = new ZipFile();
  const mtime = new Date(millisOf(contents.madeAt));
  const files: Record<string, string> = {};
  const add = (name: string, text: string | Buffer): void => {
    const bytes = Buffer.from(text as string);
    files[name] = hash('sha256', bytes, 'hex');
    zip.addBuffer(bytes, name, { mtime });
  };
  const addLong = async (name: string, texts: Iterable<string>): Promise<void> => {
    const digest = createHash('sha256');
    const pieces: Buffer[] = [];
    for (const piece of utf8Of(texts)) {
      digest.update(piece);
      pieces.push(piece);
      await setImmediate();
    }
    files[name] = digest.digest('hex');
    zip.addReadStream(Readable.from(pieces), name, { mtime });
  };
  add('README.txt', readMe(contents));
  await addLong('history.html', page);
  add('verify.mjs', readFileSync(VERIFIER));
  add('proof.json', JSON.stringify(contents.proof, null, 1));
  contents.proof.ledger.forEach((entry) => {
    if (entry.kind === 'key') add(`keys/${entry.number}-${entry.keyId.slice(0, 16)}.pem`, pem(entry.publicKey));
  });
  // The contents stay where they are: whoever is handed one apart can hold it against its digest (CMP-03, EXE-10).
  add('attachments.json', JSON.stringify({ format: 'aftercare-attachments/1', attachments: attachmentsOf(contents) }));
  await addLong('events.jsonl', linesOf(contents));
  const manifest = Buffer.from(JSON.stringify(manifestOf(contents, files), null, 1));
  zip.addBuffer(manifest, 'manifest.json', { mtime });
  const signature = await sign(hash('sha256', manifest, 'hex'));
  zip.addBuffer(Buffer.from(JSON.stringify(signature)), 'manifest.signature.json', { mtime });
  zip.end();
  return zip.outputStream;
};

const attachmentsOf = ({ history }: ExportContents) =>
  [ticketAttachments, complaintEvidence].flatMap((kind) =>
    history.flatMap((event) =>
      attachmentsIn(kind, [event]).map(({ attachmentId, digest, mediaType, bytes, at }) => ({
        stream: event.stream,
        revision: event.revision,
        attachmentId,
        digest,
        mediaType,
        bytes,
        at,
      })),
    ),
  );

const manifestOf = (
  { title, leading, madeAt, proof, history, disclosed, disclosure }: ExportContents,
  files: Readonly<Record<string, string>>,
) => ({
  format: 'aftercare-export/1',
  title,
  matter: leading,
  madeAt,
  lineageId: proof.lineageId,
  anchor: proof.anchor,
  events: history.length,
  streams: proof.heads.map(({ stream, revision }) => ({ stream, events: revision + 1 })),
  disclosed,
  withheld: disclosure.withholdPersonal,
  files,
});

function* linesOf({ kept, disclosure }: ExportContents): Generator<string> {
  for (const { stored, events } of kept)
    for (const [at, event] of stored.entries()) {
      yield JSON.stringify(exportedEvent(event, events[at]!, disclosure));
      yield '\n';
    }
}

/** The texts' bytes in pieces. One text of all of them would cost many times as much: the engine keeps such texts apart. */
function* utf8Of(texts: Iterable<string>): Generator<Buffer> {
  let piece = Buffer.allocUnsafe(PIECE);
  let used = 0;
  for (const text of texts) {
    // No character of a text takes more than three bytes.
    const room = text.length * 3;
    if (used + room > piece.length) {
      yield piece.subarray(0, used);
      piece = Buffer.allocUnsafe(Math.max(PIECE, room));
      used = 0;
    }
    used += piece.write(text, used);
  }
  yield piece.subarray(0, used);
}

const pem = (publicKey: string): string => `-----BEGIN PUBLIC KEY-----\n${publicKey}\n-----END PUBLIC KEY-----\n`;
