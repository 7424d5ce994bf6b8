import { commandRoutes, platformRegistry } from '@aftercare/api';
import { fieldFactItem, FIELD_FACTS, type FieldFactName } from '@aftercare/domain';

/** What of a schema is looked at here. */
interface Shape {
  readonly type?: string;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
}

/** Two characters that nobody writes, and a letter: long enough to stand nowhere by chance, in any encoding. */
const SIGN = '龘靐m';
const MARK = /龘靐m\d{5}/g;
/** No mobile number begins with 12: these eleven digits reach nobody. */
const PHONE = /120527\d{5}/g;

/**
 * Marks what people say. Driven by the command tables: every free text in the body of a command is personal unless
 * `IN_CLEAR` says why not, and gets a mark of its own; telephone numbers become invented ones that can be told apart.
 */
export class Marks {
  /** Every mark given, with the command and field that it went into. */
  readonly given = new Map<string, string>();
  readonly #retold = new WeakMap<object, object>();
  readonly #shapes = shapesByAddress();

  /** The body with a mark in each personal value. The same body comes back the same: a repeated request says the same. */
  readonly retell = (path: string, body: object): object => {
    const known = this.#retold.get(body);
    if (known) return known;
    const [type, shape] = this.#shapes.find(([, , address]) => address.test(path)) ?? [];
    if (type === undefined || shape === undefined) throw new Error(`no command is sent to ${path}`);
    const told = (
      type === 'work_order.RecordFacts' ? this.#facts(body) : this.#marked(shape, body, { type, at: '' })
    ) as object;
    this.#retold.set(body, told);
    return told;
  };

  /** A text with a mark of its own. */
  text(said: string, where: string): string {
    const mark = `${SIGN}${String(this.given.size).padStart(5, '0')}`;
    this.given.set(mark, where);
    return said + mark;
  }

  phone(where: string): string {
    const phone = `120527${String(this.given.size).padStart(5, '0')}`;
    this.given.set(phone, where);
    return phone;
  }

  #facts(body: object): object {
    const { facts } = body as { readonly facts: readonly { readonly fact: FieldFactName }[] };
    return {
      facts: facts.map((fact) => this.#marked(FACT_SHAPES.get(fact.fact)!, fact, { type: fact.fact, at: '' })),
    };
  }

  #marked(shape: Shape, value: unknown, { type, at }: { readonly type: string; readonly at: string }): unknown {
    if (shape.items && Array.isArray(value)) return value.map((one) => this.#marked(shape.items!, one, { type, at }));
    if (shape.properties && typeof value === 'object' && value !== null)
      return Object.fromEntries(
        Object.entries(value).map(([name, one]) => {
          const member = shape.properties![name];
          return [name, member ? this.#marked(member, one, { type, at: `${at}.${name}` }) : one];
        }),
      );
    if (typeof value !== 'string' || !isPersonal(shape, `${type}${at}`)) return value;
    const where = `${type}${at}`;
    if (/phone$/i.test(at)) return this.phone(where);
    return at === '.signature' ? this.#signature(value, where) : this.text(value, where);
  }

  /** Behind the picture's end: a PNG stays one. */
  #signature(base64: string, where: string): string {
    return Buffer.concat([Buffer.from(base64, 'base64'), Buffer.from(this.text('', where))]).toString('base64');
  }
}

/** Free texts of commands that are no person's, as `domain/src/free-text.spec.ts` lists them for events. */
const IN_CLEAR = [/^outlet\.\w+\.name$/, /^policy\./];

const isPersonal = (shape: Shape, where: string): boolean => {
  if (/\.(signature|meant\.name)$/.test(where)) return true;
  return shape.format === 'text' && !IN_CLEAR.some((clear) => clear.test(where));
};

const FACT_SHAPES = new Map<string, Shape>(FIELD_FACTS.map((fact) => [fact, fieldFactItem(fact) as Shape]));

type Address = readonly [type: string, shape: Shape, address: RegExp];

/** Customers behind a link send the commands of the ticket. */
const shapesByAddress = (): readonly Address[] =>
  commandRoutes(platformRegistry()).flatMap(({ path, definition: { type, data } }): readonly Address[] => {
    const address = new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`);
    const byLink = new RegExp(`^/track/[^/]+/${path.split('/').at(-1)!}$`);
    const shape = data as Shape;
    return [[type, shape, address], ...(type.startsWith('ticket.') ? [[type, shape, byLink] as const] : [])];
  });

/** The sign in every form in which text lies in files, addresses, pages and lines. */
const SIGNS: readonly Buffer[] = [
  Buffer.from(SIGN),
  Buffer.from(SIGN, 'utf16le'),
  Buffer.from(SIGN, 'utf16le').swap16(),
  ...[
    '\\u9f98\\u9750m',
    '\\u9F98\\u9750m',
    '&#40856;&#38736;m',
    '&#x9f98;&#x9750;m',
    encodeURIComponent(SIGN),
    encodeURIComponent(SIGN).toLowerCase(),
  ].map((text) => Buffer.from(text)),
  ...[0, 1, 2].map((before) => base64Within(before)),
];

/** What base64 makes of the sign when `before` bytes stand before it, without the letters that neighbours share. */
function base64Within(before: number): Buffer {
  const text = Buffer.concat([Buffer.alloc(before), Buffer.from(SIGN)])
    .toString('base64')
    .replace(/=+$/, '');
  const whole = Math.floor(((before + Buffer.byteLength(SIGN)) * 8) / 6);
  return Buffer.from(text.slice(Math.ceil((before * 8) / 6), whole));
}

/** Where in `bytes` a mark stands, with some of what is around it; empty: nowhere. */
export const marksIn = (bytes: Buffer | string, { given }: Pick<Marks, 'given'>): readonly string[] => {
  const buffer = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  const signs = SIGNS.flatMap((sign) => {
    const at = buffer.indexOf(sign);
    return at < 0 ? [] : [buffer.subarray(Math.max(0, at - 40), at + 60).toString()];
  });
  // Digits may stand in a hash by chance: only numbers that were given count.
  const phones = ['latin1', 'utf16le'] as const;
  const numbers = phones.flatMap((encoding) =>
    buffer.indexOf(Buffer.from('120527', encoding)) < 0 ? [] : (buffer.toString(encoding).match(PHONE) ?? []),
  );
  return [...signs, ...new Set(numbers.filter((number) => given.has(number)))];
};

/** The marks that stand in a readable text. */
export const marksRead = (text: string): readonly string[] => [
  ...(text.match(MARK) ?? []),
  ...(text.match(PHONE) ?? []),
];
