/** SEC-01: what identifies or reaches a person is shown masked, unless somebody entitled gave a reason. */
export const maskPhone = (phone: string): string => {
  const digits = phone.replace(/\D/g, '').length;
  if (digits < 7) return '*'.repeat(phone.length);
  // The middle four of a mobile number; of any other number the four before the last four.
  let seen = 0;
  const from = digits - 8;
  return [...phone]
    .map((char) => {
      if (!/\d/.test(char)) return char;
      const hide = seen >= Math.max(0, from) && seen < digits - 4;
      seen += 1;
      return hide ? '*' : char;
    })
    .join('');
};

/** The family name stays: 张*. */
export const maskName = (name: string): string => {
  const [first = '', ...rest] = [...name];
  return first + '*'.repeat(Math.max(1, Math.min(rest.length, 3)));
};

export const maskEmail = (email: string): string => email.replace(/^(.?)[^@]*/, '$1***');

/** The district is enough to plan by; the region code is shown beside it anyway. */
export const maskAddress = (address: string): string => [...address].slice(0, 6).join('') + '***';

const NUMBERS = /\+?\d(?:[ -]?\d){6,}/g;

/** Free text stays readable, long numbers in it (phones, cards, identity numbers) don't. */
export const maskText = (text: string): string => text.replace(NUMBERS, maskPhone);

const MASKS: Readonly<Record<string, (value: string) => string>> = {
  name: maskName,
  contactName: maskName,
  phone: maskPhone,
  contactPhone: maskPhone,
  email: maskEmail,
  wechat: (value) => maskName(value),
  address: maskAddress,
  proofOfPurchase: (value) => `***${value.slice(-2)}`,
  signature: () => '(signature)',
  // An opaque id, or what somebody is called; who may not know leaves it out altogether.
  meant: (value) => value,
};

/** What lists and parts hold, like the steps of a plan: free text all of it, but for ids. */
const maskInside = (value: unknown): unknown => {
  if (typeof value === 'string') return maskText(value);
  if (Array.isArray(value)) return value.map(maskInside);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, name.endsWith('Id') ? one : maskInside(one)]),
  );
};

/** Personal fields as they are shown by default. */
export const maskFields = (fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' ? (MASKS[name] ?? maskText)(value) : maskInside(value),
    ]),
  );
