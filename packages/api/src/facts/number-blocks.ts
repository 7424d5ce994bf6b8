import { monthOf, type Instant } from '@aftercare/domain';
import { numberSeriesStream } from '../composition/stream-names';

export interface AllocatedNumber {
  readonly number: string;
  readonly serial: number;
}

interface Block {
  next: number;
  last: number;
}

/** Allocates one block: one command to the series' stream. */
export type AllocateBlock = (
  stream: string,
  wish: { readonly kind: string; readonly month: string; readonly size: number },
) => Promise<{ readonly first: number; readonly last: number }>;

/**
 * Hands out ticket numbers, `YYYYMM` + serial of at least 3 digits (DEC-18), from blocks that were written to the log
 * first: what a crash leaves is a gap, never a twin. Several requests at once wait for the same block.
 */
export class NumberBlocks {
  private readonly blocks = new Map<string, Block>();
  private readonly fetching = new Map<string, Promise<void>>();

  constructor(
    private readonly allocate: AllocateBlock,
    private readonly zone: string,
    private readonly size: number,
  ) {}

  /** The next number of `kind` for a decision taken at `now`. */
  async next(kind: string, now: Instant): Promise<AllocatedNumber> {
    const month = monthOf(now, this.zone);
    const key = `${kind}:${month}`;
    for (;;) {
      const block = this.blocks.get(key);
      if (block && block.next <= block.last) {
        const serial = block.next;
        block.next += 1;
        return { number: `${month}${String(serial).padStart(3, '0')}`, serial };
      }
      await this.fetch(key, kind, month);
    }
  }

  private fetch(key: string, kind: string, month: string): Promise<void> {
    const running = this.fetching.get(key);
    if (running) return running;
    const fetched = this.allocate(numberSeriesStream(kind, month), { kind, month, size: this.size })
      .then(({ first, last }) => void this.blocks.set(key, { next: first, last }))
      .finally(() => this.fetching.delete(key));
    this.fetching.set(key, fetched);
    return fetched;
  }
}
