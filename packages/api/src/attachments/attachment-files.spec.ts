import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryKeys } from '@aftercare/event-store';
import fc from 'fast-check';
import { AttachmentFiles, ErasedContentError, RefusedContentError } from './attachment-files';
import { mediaTypeOf } from './media-type';
import { CHUNK_BYTES, DamagedFileError } from './sealed-chunks';

const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0]);
const stream = 'complaint-0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f0001';
const subject = 'customer-0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f0002';
const MAX = 1_000_000;

async function* parts(bytes: Buffer, size = 10_000): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

describe('contents of attachments (CMP-03, EXE-10)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-attachments-'));
  const keys = createMemoryKeys();
  const files = new AttachmentFiles({ folder, lineageId: 'lineage-1', keys, maxBytes: MAX });
  let count = 0;
  const writing = (of = subject) => {
    const attachmentId = `attachment-${count++}`;
    return { stream, subject: of, nameOf: () => attachmentId };
  };
  const photo = (bytes: number) => Buffer.concat([JPEG, randomBytes(bytes)]);
  const readBack = async (where: { attachmentId: string; digest: string }) => {
    const read: Buffer[] = [];
    for await (const chunk of files.read({ stream, ...where }, subject)) read.push(chunk);
    return Buffer.concat(read);
  };
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('come back as they were, whatever their size and however they arrive', async () => {
    const sizes = fc.oneof(
      fc.integer({ min: 0, max: 3 * CHUNK_BYTES }),
      fc.constantFrom(CHUNK_BYTES - 4, CHUNK_BYTES - 3, 2 * CHUNK_BYTES - 4),
    );
    await fc.assert(
      fc.asyncProperty(sizes, fc.integer({ min: 1, max: 2 * CHUNK_BYTES }), async (size, piece) => {
        const content = photo(size);
        const stored = await files.write(writing(), parts(content, Math.max(piece, 100)));
        expect(stored).toEqual({
          attachmentId: stored.attachmentId,
          digest: createHash('sha256').update(content).digest('hex'),
          bytes: content.length,
          mediaType: 'image/jpeg',
        });
        expect((await readBack(stored)).equals(content)).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  it('lie encrypted, each under a key of its own', async () => {
    const content = photo(5_000);
    const one = await files.write(writing(), parts(content));
    const other = await files.write(writing(), parts(content));
    const [first, second] = [one, other].map(({ attachmentId }) => readFileSync(join(folder, attachmentId)));
    expect(first!.includes(content.subarray(100, 200))).toBe(false);
    expect(first!.subarray(36, 136).equals(second!.subarray(36, 136))).toBe(false);
  });

  it.each(['a flipped byte', 'a cut end', 'a missing chunk', 'another file’s bytes'])('%s is found', async (what) => {
    const where = await files.write(writing(), parts(photo(3 * CHUNK_BYTES)));
    const other = await files.write(writing(), parts(photo(3 * CHUNK_BYTES)));
    const path = join(folder, where.attachmentId);
    const bytes = readFileSync(path);
    const sealed = CHUNK_BYTES + 16;
    const spoilt: Record<string, () => Buffer> = {
      'a flipped byte': () => {
        bytes[36 + sealed + 7]! ^= 1;
        return bytes;
      },
      'a cut end': () => bytes.subarray(0, 36 + 2 * sealed),
      'a missing chunk': () => Buffer.concat([bytes.subarray(0, 36), bytes.subarray(36 + sealed)]),
      'another file’s bytes': () => readFileSync(join(folder, other.attachmentId)),
    };
    writeFileSync(path, spoilt[what]!());
    await expect(readBack(where)).rejects.toThrow(DamagedFileError);
  });

  it('are refused when they are too big, empty, or none of the kinds that may be attached, and leave nothing', async () => {
    const before = readdirSync(folder).length;
    const refusals = [
      [photo(MAX), 'size'],
      [Buffer.alloc(0), 'empty'],
      [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), 'type'],
      [Buffer.from('<!doctype html><p>photo.jpg'), 'type'],
      [Buffer.from('MZ this is a program'), 'type'],
    ] as const;
    for (const [content, reason] of refusals)
      await expect(files.write(writing(), parts(content))).rejects.toMatchObject({ reason });
    await expect(files.write(writing(), parts(photo(MAX)))).rejects.toThrow(RefusedContentError);
    expect(readdirSync(folder)).toHaveLength(before);
  });

  it('can’t be opened any more when the person was forgotten (DEC-15)', async () => {
    const other = 'customer-0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f0009';
    const where = await files.write(writing(other), parts(photo(100)));
    await keys.erase(other);
    const reading = async () => {
      for await (const chunk of files.read({ stream, ...where }, other)) expect(chunk).toBeUndefined();
    };
    await expect(reading()).rejects.toThrow(ErasedContentError);
    await expect(files.write(writing(other), parts(photo(100)))).rejects.toThrow(ErasedContentError);
  });
});

describe('the type of a content', () => {
  it('is told by its own first bytes', () => {
    const zip = (...names: string[]) => Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), Buffer.from(names.join(' '))]);
    expect(mediaTypeOf(JPEG)).toBe('image/jpeg');
    expect(mediaTypeOf(Buffer.from('%PDF-1.7'))).toBe('application/pdf');
    expect(mediaTypeOf(Buffer.from('RIFF....WEBPVP8 '))).toBe('image/webp');
    expect(mediaTypeOf(Buffer.from('....ftypheic'))).toBe('image/heic');
    expect(mediaTypeOf(zip('[Content_Types].xml', 'word/document.xml'))).toMatch(/wordprocessingml/);
    expect(mediaTypeOf(zip('[Content_Types].xml', 'xl/workbook.xml'))).toBeUndefined();
    expect(mediaTypeOf(zip('[Content_Types].xml', 'word/document.xml', 'word/vbaProject.bin'))).toBeUndefined();
    expect(mediaTypeOf(Buffer.from('GIF89a'))).toBeUndefined();
    expect(mediaTypeOf(Buffer.alloc(0))).toBeUndefined();
  });
});
