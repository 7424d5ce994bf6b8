import { createHmac } from 'node:crypto';

const MIN_KEY_BYTES = 32;

/** Keyed hashes (HMAC-SHA-256, hex) by which a customer is found without keeping what they are found by. */
export class BlindIndex {
  /** @param key always the same: under another one nobody is found. Throws `RangeError` under 32 bytes, soon guessed. */
  constructor(private readonly key: Uint8Array) {
    if (key.length < MIN_KEY_BYTES) throw new RangeError(`the index key has less than ${MIN_KEY_BYTES} bytes`);
  }

  /** undefined: there are no digits in it. */
  phone(phone: string): string | undefined {
    const digits = normalisedPhone(phone);
    return digits === '' ? undefined : this.#hash('phone', digits);
  }

  /** undefined: nothing but space. */
  name(name: string): string | undefined {
    const written = normalisedName(name);
    return written === '' ? undefined : this.#hash('name', written);
  }

  /** Of exactly four digits, different for every customer, so that equal endings don't show; undefined: not four digits. */
  lastFour(digits: string, customer: string): string | undefined {
    return /^\d{4}$/.test(digits) ? this.#hash(`last-four ${customer}`, digits) : undefined;
  }

  #hash(kind: string, text: string): string {
    return createHmac('sha256', this.key).update(`${kind}\n${text}`).digest('hex');
  }
}

/** Digits only, full-width ones too, without the country code 86 in the ways people write it. */
export const normalisedPhone = (phone: string): string => {
  const written = phone.normalize('NFKC').trim();
  const digits = written.replace(/\D/g, '');
  if (/^\(?\+/.test(written)) return digits.replace(/^86/, '');
  // Without the plus only in front of a mobile number: 86 may also begin a number of its own.
  return digits.replace(/^0086/, '').replace(/^86(?=1\d{10}$)/, '');
};

/** NFKC and trimmed. */
export const normalisedName = (name: string): string => name.normalize('NFKC').trim();
