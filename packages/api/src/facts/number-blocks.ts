import { formatNumber, monthOf, numberPrefixes, type Instant, type NumberKind } from '@aftercare/domain';
import { numberSeriesStream } from '../composition/stream-names';

export interface AllocatedNumber {
  readonly number: string;
  readonly serial: number;
}

/** Allocates one block: one command to the series' stream. */
export type AllocateBlock = (
  stream: string,
  wish: { readonly kind: string; readonly month: string; readonly size: number },
) => Promise<{ readonly first: number; readonly last: number }>;

interface Waiter {
  readonly resolve: (serial: number) => void;
  readonly reject: (error: unknown) => void;
}

interface Series {
  readonly kind: string;
  readonly month: string;
  next: number;
  last: number;
  waiting: Waiter[];
  fetching: boolean;
}

const MOST_AT_ONCE = 1_000;

/**
 * Hands out numbers, `YYYYMM` + serial of at least 3 digits, behind the letters of their kind (DEC-18), from blocks that were written to the log
 * first: what a crash leaves is a gap, never a twin. When many wait, one block serves them all.
 */
export class NumberBlocks {
  private readonly known = new Map<string, Series>();
  private latest = { minute: '', month: '' };

  constructor(
    private readonly allocate: AllocateBlock,
    private readonly zone: string,
    /** Serials per block; a block is larger only by those who wait for it. */
    private readonly size: number,
  ) {}

  /** The next number of `kind` for a decision taken at `now`. */
  async next(kind: NumberKind, now: Instant): Promise<AllocatedNumber> {
    const month = this.monthAt(now);
    const serial = await this.serial(this.series(kind, month));
    return { number: formatNumber(month, serial, numberPrefixes[kind]), serial };
  }

  private serial(series: Series): number | Promise<number> {
    if (series.next <= series.last) return series.next++;
    return new Promise((resolve, reject) => {
      series.waiting.push({ resolve, reject });
      if (!series.fetching) void this.fetch(series);
    });
  }

  private async fetch(series: Series): Promise<void> {
    series.fetching = true;
    // Whoever comes in this turn of the event loop shares the block.
    await new Promise((resolve) => setImmediate(resolve));
    while (series.waiting.length > 0) {
      const { kind, month, waiting } = series;
      const blocks = Math.max(1, Math.ceil(Math.min(waiting.length, MOST_AT_ONCE) / this.size));
      try {
        const { first, last } = await this.allocate(numberSeriesStream(kind, month), {
          kind,
          month,
          size: blocks * this.size,
        });
        [series.next, series.last] = [first, last];
        while (series.waiting.length > 0 && series.next <= series.last) series.waiting.shift()!.resolve(series.next++);
      } catch (error) {
        series.waiting.splice(0).forEach((waiter) => waiter.reject(error));
      }
    }
    series.fetching = false;
  }

  private series(kind: string, month: string): Series {
    const key = `${kind}:${month}`;
    let series = this.known.get(key);
    if (!series) {
      series = { kind, month, next: 1, last: 0, waiting: [], fetching: false };
      this.known.set(key, series);
    }
    return series;
  }

  /** A month begins at a full minute in every zone, so a minute's month is asked for once. */
  private monthAt(now: Instant): string {
    const minute = now.slice(0, 16);
    if (this.latest.minute !== minute) this.latest = { minute, month: monthOf(now, this.zone) };
    return this.latest.month;
  }
}
