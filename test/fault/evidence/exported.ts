import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inflateRawSync } from 'node:zlib';

/** The files of a ZIP, read as simply as can be: what is tampered with is what lies in the folder. */
export const filesIn = (zip: Buffer): Map<string, Buffer> => {
  const files = new Map<string, Buffer>();
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const nameLength = zip.readUInt16LE(at + 28);
    const local = zip.readUInt32LE(at + 42);
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(from, from + zip.readUInt32LE(at + 20));
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    files.set(name, zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : Buffer.from(packed));
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
};

/** Lays the files out in a folder of their own. */
export const laidOut = (files: ReadonlyMap<string, Buffer | string>, beside: string): string => {
  const folder = mkdtempSync(join(beside, 'export-'));
  for (const [name, bytes] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  return folder;
};

export interface Checked {
  readonly code: number;
  readonly out: string;
}

/** Runs the checker as somebody would who has nothing but Node: without our loader, from another folder. */
export const check = (verifier: string, path: string, ...options: readonly string[]): Promise<Checked> =>
  new Promise((resolve) => {
    execFile(process.execPath, [verifier, path, ...options], { cwd: '/', env: {} }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, out: stdout + stderr }),
    );
  });

/** A line of `events.jsonl`. */
export interface Line {
  stream: string;
  revision: number;
  eventId: string;
  type: string;
  recordedAt: string;
  dataDigest: string;
  data?: string;
  metadata: string;
  keys?: { subject: string; key: string }[];
}

export const linesOf = (files: ReadonlyMap<string, Buffer>): Line[] =>
  files
    .get('events.jsonl')!
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
