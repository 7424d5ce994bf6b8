import { problem, type ProblemError } from './problem';

/** Architecture §4: a JSON body is at most 256 KiB. */
export const BODY_LIMIT = 256 * 1024;
const MAX_DEPTH = 32;
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A charset other than UTF-8, or a content encoding, would be read as something that was not sent. */
export const isPlainJson = (contentType: string | undefined, contentEncoding: string | undefined): boolean => {
  if (contentEncoding !== undefined && contentEncoding.trim().toLowerCase() !== 'identity') return false;
  const [media = '', ...parameters] = (contentType ?? '').toLowerCase().split(';');
  if (media.trim() !== 'application/json') return false;
  return parameters.every((text) => {
    const [name = '', value = ''] = text.split('=').map((side) => side.trim());
    return name === '' || (name === 'charset' && value.replaceAll('"', '') === 'utf-8');
  });
};

/**
 * Parses a body: valid UTF-8, JSON, no nesting beyond 32, no key twice in one object, no prototype keys. Throws a 400
 * with the place; the message never repeats what was sent.
 */
export const parseJsonBody = (bytes: Buffer): unknown => {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    throw malformed('', 'the body is not valid UTF-8');
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed('', 'the body is not valid JSON');
  }
  inspectKeys(text);
  return value;
};

const malformed = (pointer: string, message: string): ProblemError =>
  problem('REQUEST.MALFORMED', { errors: [{ pointer, message }] });

/**
 * Walks JSON text that is known to be valid: JSON.parse silently takes the last of two equal keys, and deep nesting
 * overflows what comes after it. One pass, no recursion.
 */
const inspectKeys = (text: string): void => {
  const keysOfOpen: (Set<string> | undefined)[] = [];
  let keyComes = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char === QUOTE) {
      const end = endOfString(text, at);
      if (keyComes) {
        noteKey(text.slice(at, end + 1), keysOfOpen[keysOfOpen.length - 1]);
        keyComes = false;
      }
      at = end;
    } else if (char === OPEN_OBJECT || char === OPEN_ARRAY) {
      if (keysOfOpen.length >= MAX_DEPTH) throw malformed('', `nested more than ${MAX_DEPTH} deep`);
      keysOfOpen.push(char === OPEN_OBJECT ? new Set() : undefined);
      keyComes = char === OPEN_OBJECT;
    } else if (char === CLOSE_OBJECT || char === CLOSE_ARRAY) {
      keysOfOpen.pop();
      keyComes = false;
    } else if (char === COMMA) keyComes = keysOfOpen[keysOfOpen.length - 1] !== undefined;
  }
};

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;

/** Index of the quote that closes the string opened at `at`. */
const endOfString = (text: string, at: number): number => {
  let end = text.indexOf('"', at + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
};

const isEscaped = (text: string, quote: number): boolean => {
  let backslashes = 0;
  while (text.charCodeAt(quote - 1 - backslashes) === BACKSLASH) backslashes += 1;
  return backslashes % 2 === 1;
};

const noteKey = (quoted: string, keys: Set<string> | undefined): void => {
  const key = quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
  if (FORBIDDEN.has(key)) throw malformed(`/${key}`, 'this name is not allowed');
  if (keys?.has(key)) throw malformed('', 'a name stands twice in one object');
  keys?.add(key);
};
