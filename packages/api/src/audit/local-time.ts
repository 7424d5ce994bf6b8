import type { Instant } from '@aftercare/domain';

/** Instants as the clocks of the site show them. */
export class LocalTime {
  readonly #format: Intl.DateTimeFormat;
  readonly #offset: Intl.DateTimeFormat;

  /** @param zone IANA name, `Asia/Shanghai` */
  constructor(readonly zone: string) {
    // Swedish writes dates as 2026-10-12 14:00:00, which nobody reads the wrong way round.
    this.#format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
    this.#offset = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  }

  of(instant: Instant): string {
    return this.#format.format(Date.parse(instant));
  }

  /** The same with its offset, where nothing around says which zone it is: `2026-10-12 14:00:00 +08:00`. */
  withOffset(instant: Instant): string {
    const at = Date.parse(instant);
    const zone = this.#offset.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    return `${this.#format.format(at)} ${zone === 'GMT' ? '+00:00' : zone.slice('GMT'.length)}`;
  }
}
