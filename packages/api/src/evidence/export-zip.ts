import { createHash, hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { millisOf } from '@aftercare/domain';
import { ZipFile } from 'yazl';
import { attachmentsIn, complaintEvidence, ticketAttachments } from '../attachments/attachment-kinds';
import type { ExportContents } from './export-contents';
import { readMe } from './read-me';

/** The checker that goes along; the same folder beside `src` and `dist`. */
export const VERIFIER = join(__dirname, '../../assets/verify.mjs');

/** So many lines become one piece of the stream. */
const LINES = 200;

interface Packing {
  /** `history.html`. */
  readonly page: string;
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
  add('README.txt', readMe(contents));
  add('history.html', page);
  add('verify.mjs', readFileSync(VERIFIER));
  add('proof.json', JSON.stringify(contents.proof, null, 1));
  contents.proof.ledger.forEach((entry) => {
    if (entry.kind === 'key') add(`keys/${entry.number}-${entry.keyId.slice(0, 16)}.pem`, pem(entry.publicKey));
  });
  // The contents stay where they are: whoever is handed one apart can hold it against its digest (CMP-03, EXE-10).
  add('attachments.json', JSON.stringify({ format: 'aftercare-attachments/1', attachments: attachmentsOf(contents) }));
  const lines = [...linesOf(contents)];
  files['events.jsonl'] = digestOf(lines);
  zip.addReadStream(Readable.from(lines), 'events.jsonl', { mtime });
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
  { title, leading, madeAt, proof, lines, disclosed, withheld }: ExportContents,
  files: Readonly<Record<string, string>>,
) => ({
  format: 'aftercare-export/1',
  title,
  matter: leading,
  madeAt,
  lineageId: proof.lineageId,
  anchor: proof.anchor,
  events: lines.length,
  streams: proof.heads.map(({ stream, revision }) => ({ stream, events: revision + 1 })),
  disclosed,
  withheld,
  files,
});

function* linesOf({ lines }: ExportContents): Generator<Buffer> {
  for (let at = 0; at < lines.length; at += LINES) {
    let text = '';
    for (const line of lines.slice(at, at + LINES)) text += `${JSON.stringify(line)}\n`;
    yield Buffer.from(text);
  }
}

const digestOf = (pieces: readonly Buffer[]): string => {
  const digest = createHash('sha256');
  for (const piece of pieces) digest.update(piece);
  return digest.digest('hex');
};

const pem = (publicKey: string): string => `-----BEGIN PUBLIC KEY-----\n${publicKey}\n-----END PUBLIC KEY-----\n`;
