import type { Instant } from '@aftercare/domain';

const INSTANTS = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;

/** Instants as the clocks of the site show them. */
export class LocalTime {
  readonly #format: Intl.DateTimeFormat;

  /** @param zone IANA name, `Asia/Shanghai` */
  constructor(readonly zone: string) {
    // Swedish writes dates as 2026-10-12 14:00:00, which nobody reads the wrong way round.
    this.#format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  }

  of(instant: Instant): string {
    return this.#format.format(Date.parse(instant));
  }

  /** A sentence whose UTC instants become local ones. */
  in(text: string): string {
    return text.replace(INSTANTS, (instant) => this.of(instant));
  }
}
