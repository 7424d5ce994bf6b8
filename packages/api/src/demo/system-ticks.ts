import { instantOf, millisOf } from '@aftercare/domain';
import type { SimulatedClock } from '@aftercare/event-store';

/** Lets a simulated clock go on with the machine's time, so that a demo that keeps serving lives on. */
export class SystemTicks {
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> = Promise.resolve();

  constructor(
    private readonly clock: SimulatedClock,
    private readonly settle: () => Promise<void>,
  ) {}

  start(): void {
    const from = millisOf(this.clock.now());
    const began = performance.now();
    this.timer = setInterval(() => {
      this.clock.set(instantOf(from + Math.round(performance.now() - began)));
      this.working = this.working.then(() => this.settle()).catch(() => undefined);
    }, 200);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.working;
  }
}
