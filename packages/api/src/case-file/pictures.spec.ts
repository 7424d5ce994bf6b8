import { deflateSync } from 'node:zlib';
import { pictureFault } from './pictures';

const chunk = (type: string, body: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, Buffer.from(type, 'latin1'), body, Buffer.alloc(4)]);
};

/** A PNG with transparency, whatever its header promises. */
const png = (rows: Buffer, { width = 2, height = 2, bits = 8, interlace = 0 } = {}): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([bits, 6, 0, 0, interlace], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

describe('a picture on its way into a case file', () => {
  const whole = png(deflateSync(Buffer.alloc(18)));

  it('is let through when it is what it says', async () => {
    expect(await pictureFault(whole)).toBeUndefined();
    expect(await pictureFault(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]))).toBeUndefined();
  });

  it.each([
    ['a text', Buffer.from('no picture'), '不是可显示的图像'],
    ['nothing', Buffer.alloc(0), '不是可显示的图像'],
    ['one that is cut off', whole.subarray(0, whole.length - 20), '图像已损坏'],
    ['one whose pixels can’t be read', png(Buffer.from('not deflated')), '图像已损坏'],
    ['one with a filter that there is not', png(deflateSync(Buffer.alloc(18, 9))), '图像已损坏'],
    ['one that inflates beyond what its header says', png(deflateSync(Buffer.alloc(10_000_000))), '图像已损坏'],
    [
      'one that is too large to take apart',
      png(deflateSync(Buffer.alloc(1)), { width: 9_000, height: 9_000 }),
      '图像过大',
    ],
    ['one in several passes', png(deflateSync(Buffer.alloc(18)), { interlace: 1 }), '该图像格式不便附印'],
    ['one without pixels', png(deflateSync(Buffer.alloc(0)), { width: 0 }), '图像已损坏'],
  ])('is refused in words where it would end the process or fill the memory: %s', async (_, content, says) => {
    expect(await pictureFault(content)).toBe(says);
  });
});
