import { promisify } from 'node:util';
import { inflate } from 'node:zlib';

const inflated = promisify(inflate);

/** A PNG with transparency is taken apart pixel by pixel, while everybody else waits; and each is read byte by byte. */
const MOST_PIXELS_WITH_ALPHA = 5_000_000;
const MOST_PIXELS = 60_000_000;
const MOST_PNG_BYTES = 6 * 1024 * 1024;
/** Kinds of filter that a row of a PNG may name. */
const LAST_FILTER = 4;

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * Whether a content can be put on paper. The writer of PDF trusts what it is given: a damaged PNG would end the process
 * from inside of a callback, and a small one can be made to fill the memory.
 *
 * @returns undefined, or what is wrong, in words
 */
export const pictureFault = async (content: Buffer): Promise<string | undefined> => {
  if (content.length > 4 && content[0] === 0xff && content[1] === 0xd8) return undefined;
  return content.subarray(0, PNG.length).equals(PNG) ? pngFault(content) : '不是可显示的图像';
};

const pngFault = async (content: Buffer): Promise<string | undefined> => {
  const png = pngOf(content);
  if (!png) return '图像已损坏';
  const { width, height, hasAlpha, interlaced } = png;
  const isLarge = width * height > (hasAlpha ? MOST_PIXELS_WITH_ALPHA : MOST_PIXELS) || content.length > MOST_PNG_BYTES;
  if (isLarge) return '图像过大';
  if (interlaced || (hasAlpha && png.bits < 8)) return '该图像格式不便附印';
  return (await isWhole(png)) ? undefined : '图像已损坏';
};

/** Inflates it within the size that its header names, and looks at the filter of each row. */
const isWhole = async ({ width, height, bits, colours, data }: PngParts): Promise<boolean> => {
  const row = 1 + Math.ceil((width * bits * colours) / 8);
  try {
    const pixels = (await inflated(data, { maxOutputLength: height * row + 1 })) as Buffer;
    if (pixels.length !== height * row) return false;
    for (let at = 0; at < pixels.length; at += row) if (pixels[at]! > LAST_FILTER) return false;
    return true;
  } catch {
    return false;
  }
};

interface PngParts {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly colours: number;
  readonly hasAlpha: boolean;
  readonly interlaced: boolean;
  readonly data: Buffer;
}

/** Colour type → samples per pixel. */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

const pngOf = (content: Buffer): PngParts | undefined => {
  const data: Buffer[] = [];
  let header: Buffer | undefined;
  let transparent = false;
  let palette = false;
  for (let at = PNG.length; at + 12 <= content.length;) {
    const length = content.readUInt32BE(at);
    const type = content.toString('latin1', at + 4, at + 8);
    if (at + 12 + length > content.length) return undefined;
    const body = content.subarray(at + 8, at + 8 + length);
    if (!header && type !== 'IHDR') return undefined;
    if (type === 'IHDR') header = body;
    else if (type === 'PLTE') palette = true;
    else if (type === 'tRNS') transparent = true;
    else if (type === 'IDAT') data.push(body);
    else if (type === 'IEND')
      return header?.length === 13 ? partsOf(header, data, { transparent, palette }) : undefined;
    at += 12 + length;
  }
  return undefined;
};

const partsOf = (
  header: Buffer,
  data: readonly Buffer[],
  { transparent, palette }: { readonly transparent: boolean; readonly palette: boolean },
): PngParts | undefined => {
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [bits, type, , , interlace] = header.subarray(8);
  const colours = SAMPLES[type!];
  if (width === 0 || height === 0 || colours === undefined || ![1, 2, 4, 8, 16].includes(bits!)) return undefined;
  if (type === 3 && !palette) return undefined;
  const hasAlpha = type === 4 || type === 6 || transparent;
  return { width, height, bits: bits!, colours, hasAlpha, interlaced: interlace !== 0, data: Buffer.concat(data) };
};
