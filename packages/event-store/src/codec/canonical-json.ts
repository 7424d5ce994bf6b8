import { RefusedPayloadError } from '../port/event-store';

const KEY = /^[a-z][A-Za-z0-9]*$/;
const MAX_DEPTH = 64;

const refuse = (at: string, what: string): never => {
  throw new RefusedPayloadError('NOT_STORABLE', `${at || 'payload'}: ${what}`);
};

/** What stands in JSON as it is: nothing to escape and no surrogates, which would have to be looked at in pairs. */
const PLAIN = /^[^\u0000-\u001f"\\\ud800-\udfff]*$/;

// Node 20 has it, the ES2022 library types don't.
const isWellFormed = (text: string): boolean => (text as string & { isWellFormed(): boolean }).isWellFormed();

/**
 * Writes `value` as JSON with sorted keys: the one text that is stored, hashed and encrypted. What would not come back
 * the same from every store is refused here, before anything is stored (architecture §4): keys other than
 * `[a-z][A-Za-z0-9]*`, numbers that are no safe integers, -0, ill-formed Unicode, holes, instances of classes. Members
 * that are undefined are left out.
 */
export const canonicalJson = (value: unknown): string => write(value, '', 0, true);

/** The same order for any JSON value, floats and free keys included: for digests of what is never stored. */
export const sortedJson = (value: unknown): string => write(value, '', 0, false);

/** One string as it stands in canonical JSON. */
export const canonicalString = (text: string, at = ''): string => {
  if (PLAIN.test(text)) return `"${text}"`;
  if (!isWellFormed(text)) refuse(at, 'text is not well-formed Unicode');
  return JSON.stringify(text);
};

const write = (value: unknown, at: string, depth: number, strict: boolean): string => {
  switch (typeof value) {
    case 'string':
      return canonicalString(value, at);
    case 'number':
      return writeNumber(value, at, strict);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      if (depth >= MAX_DEPTH) refuse(at, 'nested too deeply');
      return Array.isArray(value) ? writeArray(value, at, depth, strict) : writeObject(value, at, depth, strict);
    default:
      return refuse(at, `${typeof value} is no JSON`);
  }
};

const writeNumber = (value: number, at: string, strict: boolean): string => {
  const survives = strict ? Number.isSafeInteger(value) && !Object.is(value, -0) : Number.isFinite(value);
  return survives ? String(value) : refuse(at, 'only safe integers survive every store');
};

const writeArray = (items: readonly unknown[], at: string, depth: number, strict: boolean): string => {
  let text = '[';
  for (let i = 0; i < items.length; i += 1) {
    if (i > 0) text += ',';
    text += write(items[i], `${at}/${i}`, depth + 1, strict);
  }
  return `${text}]`;
};

const writeObject = (object: object, at: string, depth: number, strict: boolean): string => {
  // Object.prototype of any realm: a worker or a test sandbox has its own.
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) refuse(at, 'only plain objects are stored');
  let text = '{';
  for (const key of Object.keys(object).sort()) {
    const member = (object as Record<string, unknown>)[key];
    if (member === undefined) continue;
    if (strict && !KEY.test(key)) refuse(`${at}/${key.slice(0, 40)}`, 'key is not [a-z][A-Za-z0-9]*');
    if (text.length > 1) text += ',';
    text += `${strict ? `"${key}"` : JSON.stringify(key)}:${write(member, `${at}/${key}`, depth + 1, strict)}`;
  }
  return `${text}}`;
};
