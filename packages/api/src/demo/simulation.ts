import { later, type Instant } from '@aftercare/domain';

/** What moves while a simulation runs: the platform's clock and everything that waits on it. */
export interface SimulatedWorld {
  now(): Instant;
  /** Moves time forward; never back. */
  advanceTo(instant: Instant): void;
  /** Does everything that is due now: reactions, commands, wakes, read models. */
  settle(): Promise<void>;
  /** The next alarm of a process manager. */
  nextWakeAt(): Promise<Instant | undefined>;
}

/** How a story waits: one story runs at a time, so the same seed gives the same history. */
export interface StoryTime {
  now(): Instant;
  until(instant: Instant): Promise<void>;
}

export type Story = (time: StoryTime) => Promise<void>;

interface Waiting {
  readonly at: Instant;
  readonly order: number;
  readonly go: () => void;
}

/** Runs stories, each from its own start, in the order of their times, under a simulated clock. */
export class Simulation {
  private waiting: Waiting[] = [];
  private order = 0;
  private paused: () => void = () => undefined;
  private failure: unknown;

  constructor(private readonly world: SimulatedWorld) {}

  /** Plans a story; it begins when the clock gets there. */
  plan(at: Instant, story: Story): void {
    const time: StoryTime = { now: () => this.world.now(), until: (instant) => this.until(instant) };
    this.enqueue(at, () => {
      story(time)
        .catch((error: unknown) => {
          this.failure ??= error;
        })
        .finally(() => this.paused());
    });
  }

  /** Runs until no story is left, then lets alarms fire up to `end`. Rejects with what a story threw. */
  async run(end: Instant, onProgress: (now: Instant) => void = () => undefined): Promise<void> {
    for (;;) {
      const next = this.waiting[0];
      const wake = await this.world.nextWakeAt();
      const at = [next?.at, wake].filter((instant) => instant !== undefined).sort()[0];
      if (at === undefined || (next === undefined && at > end)) break;
      this.world.advanceTo(later(at, this.world.now()));
      if (at === wake) await this.world.settle();
      if (next && next.at <= this.world.now()) await this.resume(next);
      onProgress(this.world.now());
    }
    if (end > this.world.now()) this.world.advanceTo(end);
    await this.world.settle();
  }

  private async resume(story: Waiting): Promise<void> {
    this.waiting.shift();
    const paused = new Promise<void>((resolve) => {
      this.paused = resolve;
    });
    story.go();
    await paused;
    if (this.failure !== undefined) throw this.failure as Error;
    await this.world.settle();
  }

  private until(instant: Instant): Promise<void> {
    return new Promise((resolve) => {
      this.enqueue(later(instant, this.world.now()), resolve);
      this.paused();
    });
  }

  private enqueue(at: Instant, go: () => void): void {
    const entry = { at, order: this.order++, go };
    const place = this.waiting.findIndex((other) => other.at > at);
    if (place < 0) this.waiting.push(entry);
    else this.waiting.splice(place, 0, entry);
  }
}
