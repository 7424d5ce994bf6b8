import {
  buildRegistry,
  defineEvent,
  event,
  reject,
  type AggregateRegistration,
  type Command,
  type Decider,
  type DomainEvent,
  type EventDefinition,
  type Registry,
} from '@aftercare/domain/kernel';

type Field = EventDefinition['data']['properties'][string];

/** A field in the form the kernel's schemas have; this package itself knows no schema library. */
const field = (kind: string, schema: object): Field =>
  ({ [Symbol.for('TypeBox.Kind')]: kind, ...schema }) as unknown as Field;

const text = field('String', { type: 'string' });
const whole = field('Integer', { type: 'integer' });
const says = { zh: '样例', en: 'sample' };

/** A small aggregate for the kit, the faults and the benchmarks: a repair slip with four personal fields. */
export const SAMPLE_EVENTS = {
  Opened: defineEvent('sample.Opened', {
    says,
    data: { product: text, quantity: whole },
    personal: { name: text, phone: text, address: text, words: text },
  }),
  /** Version 1 called the field `remark`. */
  Noted: defineEvent('sample.Noted', {
    says,
    version: 2,
    data: { note: text },
    upcasts: [({ remark, ...rest }) => ({ ...rest, note: remark })],
  }),
  Closed: defineEvent('sample.Closed', { says, data: {} }),
} as const;

export type SampleEvent = DomainEvent<
  'sample.Opened' | 'sample.Noted' | 'sample.Closed',
  Record<string, unknown>,
  Record<string, unknown>
>;

export interface SampleState {
  readonly status: 'none' | 'open' | 'closed';
  readonly notes: number;
}

/** The personal fields of a customer who calls about a repair; made up. */
export const samplePerson = (n: number) => ({
  name: `顾客${n}`,
  phone: `1380000${String(n % 10_000).padStart(4, '0')}`,
  address: `示例路${n}号`,
  words: '空调不制冷，声音很大',
});

export const sampleOpened = (n = 0, customer = `customer-${n}`): SampleEvent =>
  event(
    SAMPLE_EVENTS.Opened,
    { product: 'AC-2000', quantity: 1_000 },
    { personal: [{ subject: customer, fields: samplePerson(n) }] },
  );

export const sampleNoted = (note = 'called back'): SampleEvent => event(SAMPLE_EVENTS.Noted, { note });

type SampleCommand =
  | Command<'sample.Open', { customer: string; n: number }>
  | Command<'sample.Note', { note: string; occurredAt?: string }>
  | Command<'sample.Close', Record<string, never>>
  | Command<'sample.Look', Record<string, never>>;

export const sampleDecider: Decider<SampleCommand, SampleState, SampleEvent> = {
  aggregate: 'sample',
  initial: { status: 'none', notes: 0 },
  evolve: (state, { type }) => {
    switch (type) {
      case 'sample.Opened':
        return { ...state, status: 'open' };
      case 'sample.Noted':
        return { ...state, notes: state.notes + 1 };
      case 'sample.Closed':
        return { ...state, status: 'closed' };
    }
  },
  decide: (command, state) => {
    if (command.type === 'sample.Look') return [];
    if (command.type === 'sample.Open') return [sampleOpened(command.data.n, command.data.customer)];
    if (state.status !== 'open') return reject('SAMPLE.CLOSED', { status: state.status });
    if (command.type === 'sample.Close') return [event(SAMPLE_EVENTS.Closed, {})];
    const { note, occurredAt } = command.data;
    return [{ ...sampleNoted(note), ...(occurredAt === undefined ? {} : { occurredAt }) }];
  },
};

const registration: AggregateRegistration = {
  aggregate: 'sample',
  collection: 'samples',
  label: says,
  events: SAMPLE_EVENTS,
  commands: {},
  decider: sampleDecider,
  messages: {},
};

export const sampleRegistry: Registry = buildRegistry([registration]);
