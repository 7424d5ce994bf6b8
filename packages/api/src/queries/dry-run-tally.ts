/** One case that would have come out differently. */
export interface Difference {
  /** The one of the two that was judged. */
  readonly ticketId?: string;
  readonly complaintId?: string;
  readonly number: string;
  readonly before: string;
  readonly after: string;
}

/** What a dry run found. */
export interface Tallied {
  /** Tickets, or for service levels complaints, looked at, the latest first. */
  readonly cases: number;
  /** Those among them about which this kind decided something by rule. */
  readonly checked: number;
  readonly differing: number;
  /** How often which outcome became which, the most frequent first. */
  readonly changes: readonly { readonly before: string; readonly after: string; readonly count: number }[];
  /** The first of those that differ. */
  readonly different: readonly Difference[];
}

const MOST_SHOWN = 500;
const MOST_CHANGES = 50;

/** Counts what was looked at and keeps what would have come out differently. */
export class Tally {
  cases = 0;
  private checked = 0;
  private differing = 0;
  private readonly shown: Difference[] = [];
  private readonly changes = new Map<string, { before: string; after: string; count: number }>();

  /** One more was looked at. */
  count(): void {
    this.cases += 1;
  }

  /** The rule decides about it; where both outcomes are the same nothing would have changed. */
  judge(one: Difference): void {
    const { before, after } = one;
    this.checked += 1;
    if (before === after) return;
    this.differing += 1;
    if (this.shown.length < MOST_SHOWN) this.shown.push(one);
    const key = `${before}\n${after}`;
    const count = (this.changes.get(key)?.count ?? 0) + 1;
    this.changes.set(key, { before, after, count });
  }

  answer(): Tallied {
    const { cases, checked, differing, shown: different } = this;
    const changes = [...this.changes.values()].sort((a, b) => b.count - a.count).slice(0, MOST_CHANGES);
    return { cases, checked, differing, changes, different };
  }
}
