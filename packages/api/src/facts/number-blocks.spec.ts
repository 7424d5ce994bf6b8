import { NumberBlocks } from './number-blocks';

/** A series that gives blocks one behind the other, each after a turn of the event loop. */
const series = () => {
  const last = new Map<string, number>();
  const blocks: number[] = [];
  const allocate = async (stream: string, { size }: { size: number }) => {
    await new Promise((resolve) => setImmediate(resolve));
    const first = (last.get(stream) ?? 0) + 1;
    last.set(stream, first + size - 1);
    blocks.push(size);
    return { first, last: first + size - 1 };
  };
  return { allocate, blocks };
};

describe('ticket numbers (DEC-18)', () => {
  it('are unique among many who ask at once, and one block serves those who wait', async () => {
    const { allocate, blocks } = series();
    const numbers = new NumberBlocks(allocate, 'Asia/Shanghai', 10);
    const asked = await Promise.all(
      Array.from({ length: 64 }, () => numbers.next('ticket', '2026-10-12T02:00:00.000Z')),
    );
    expect(new Set(asked.map(({ number }) => number)).size).toBe(64);
    expect(blocks).toEqual([70]);
  });

  it('carry the month of the deployment’s zone and start anew with it', async () => {
    const numbers = new NumberBlocks(series().allocate, 'Asia/Shanghai', 10);
    expect(await numbers.next('ticket', '2026-10-31T15:59:59.999Z')).toEqual({ number: '202610001', serial: 1 });
    expect(await numbers.next('ticket', '2026-10-31T16:00:00.000Z')).toEqual({ number: '202611001', serial: 1 });
  });

  it('CMP-04 of complaints stand behind KS, in a series of their own', async () => {
    const numbers = new NumberBlocks(series().allocate, 'Asia/Shanghai', 10);
    await numbers.next('ticket', '2026-10-12T02:00:00.000Z');
    expect(await numbers.next('complaint', '2026-10-12T02:00:00.000Z')).toEqual({ number: 'KS202610001', serial: 1 });
  });

  it('leave a gap after a restart, never a twin', async () => {
    const { allocate } = series();
    const at = '2026-10-12T02:00:00.000Z';
    await new NumberBlocks(allocate, 'Asia/Shanghai', 10).next('ticket', at);
    expect((await new NumberBlocks(allocate, 'Asia/Shanghai', 10).next('ticket', at)).serial).toBe(11);
  });

  it('fail for everybody who waits when no block can be written, and work again later', async () => {
    const { allocate } = series();
    let broken = true;
    const numbers = new NumberBlocks(
      (stream, wish) => (broken ? Promise.reject(new Error('full')) : allocate(stream, wish)),
      'Asia/Shanghai',
      10,
    );
    const at = '2026-10-12T02:00:00.000Z';
    const asked = await Promise.allSettled([numbers.next('ticket', at), numbers.next('ticket', at)]);
    expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    broken = false;
    expect((await numbers.next('ticket', at)).serial).toBe(1);
  });
});
