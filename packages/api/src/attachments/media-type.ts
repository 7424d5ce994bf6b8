/** What may be attached (EXE-10, CMP-03): photos, PDF, Word. Nothing that a browser would run. */
export type AttachmentType = (typeof ATTACHMENT_TYPES)[number]['mediaType'];

export const ATTACHMENT_TYPES = [
  { mediaType: 'image/jpeg', extension: 'jpg' },
  { mediaType: 'image/png', extension: 'png' },
  { mediaType: 'image/webp', extension: 'webp' },
  { mediaType: 'image/heic', extension: 'heic' },
  { mediaType: 'application/pdf', extension: 'pdf' },
  { mediaType: 'application/msword', extension: 'doc' },
  { mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', extension: 'docx' },
] as const;

/** So many bytes are enough to tell. */
export const SNIFFED_BYTES = 64 * 1024;

const startsWith = (bytes: Buffer, signature: readonly number[], at = 0): boolean =>
  bytes.length >= at + signature.length && signature.every((byte, index) => bytes[at + index] === byte);
const text = (bytes: Buffer, from: number, to: number): string => bytes.toString('latin1', from, to);

/**
 * The type by the content's own first bytes; a name or a header says what somebody wishes it to be. Undefined: none that
 * may be attached.
 *
 * @param start the first `SNIFFED_BYTES`, or everything where there is less
 */
export const mediaTypeOf = (start: Buffer): AttachmentType | undefined => {
  if (startsWith(start, [0xff, 0xd8, 0xff])) return 'image/jpeg';
  if (startsWith(start, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png';
  if (text(start, 0, 4) === 'RIFF' && text(start, 8, 12) === 'WEBP') return 'image/webp';
  if (text(start, 4, 8) === 'ftyp' && ['heic', 'heix', 'mif1', 'msf1'].includes(text(start, 8, 12)))
    return 'image/heic';
  if (text(start, 0, 5) === '%PDF-') return 'application/pdf';
  if (startsWith(start, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) && isWordBinary(start))
    return 'application/msword';
  return isWordPackage(start) ? 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' : undefined;
};

export const extensionOf = (mediaType: string): string =>
  ATTACHMENT_TYPES.find((known) => known.mediaType === mediaType)?.extension ?? 'bin';

/** Names in a compound file's directory are UTF-16: an Excel or Outlook file has others. */
const isWordBinary = (start: Buffer): boolean => start.includes(Buffer.from('WordDocument', 'utf16le'));

/** A ZIP whose first members are those of a Word document, and that carries no macros. */
const isWordPackage = (start: Buffer): boolean =>
  startsWith(start, [0x50, 0x4b, 0x03, 0x04]) &&
  start.includes('[Content_Types].xml') &&
  start.includes('word/') &&
  !start.includes('vbaProject');
