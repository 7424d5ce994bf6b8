import {
  aggregateOf,
  idOf,
  isRejection,
  later,
  problemsIn,
  type Actor,
  type Command,
  type Decision,
  type DomainEvent,
  type Instant,
  type ProcessCommand,
  type ProcessInput,
  type ProcessManager,
  type RecordedEvent,
  type Rejection,
} from '../../src/kernel/index';
import { policiesV1 } from '../../src/policy/index';
import { processManagers } from '../../src/process/index';
import { complaintRegistration } from '../../src/complaint/registration';
import { ticketRegistration } from '../../src/ticket/registration';
import type { Candidate } from '../../src/work-order/facts';
import type { WorkOrder } from '../../src/work-order/state';
import { workOrderRegistration } from '../../src/work-order/registration';
import { recordedOne } from '../recorded';
import { uuidOf } from './chance';

const aggregates = {
  ticket: ticketRegistration,
  work_order: workOrderRegistration,
  complaint: complaintRegistration,
} as const;
const SITE = { site: 'shanghai', zone: 'Asia/Shanghai' } as const;
const CREATES = ['complaint.RegisterComplaint', 'complaint.SubmitComplaint', 'complaint.RegisterFromTicket'];
const SYSTEM: Actor = { id: 'process', role: 'system' };
const HEX64 = /^[0-9a-f]{64}$/;

interface Stream {
  state: unknown;
  events: RecordedEvent[];
}
interface Instance {
  readonly manager: ProcessManager<unknown>;
  readonly name: string;
  state: unknown;
  wakeAt?: Instant | undefined;
}

/**
 * The platform in a nutshell: the real deciders and the real process managers over streams in memory, on a simulated
 * clock. What it can't do is invent an event: everything recorded was decided.
 */
export class World {
  readonly history: RecordedEvent[] = [];
  private readonly streams = new Map<string, Stream>();
  private readonly instances = new Map<string, Instance>();
  private readonly managers = processManagers(() => policiesV1);
  private readonly dispatched = new Map<string, Instant>();
  private commands = 0;
  private numbers = 0;

  constructor(
    public now: Instant,
    private readonly seed: number,
    private readonly engineers: readonly Omit<Candidate, 'openJobs'>[],
    private readonly around: {
      /** Told of every event after the processes reacted; people decide what they do next. */
      readonly onRecorded: (event: RecordedEvent) => void;
      /** False: no complaint is ever registered, as before there were any. */
      readonly hasComplaints: boolean;
    },
  ) {}

  /** State of a stream as folded so far; undefined before its first event. */
  stateOf(stream: string): unknown {
    return this.streams.get(stream)?.state;
  }

  /** Somebody who could be sent by hand. */
  anybody(): string {
    return this.engineers[this.history.length % this.engineers.length]?.id ?? '';
  }

  /** Moves the clock and fires every alarm on the way, in order of time. */
  advanceTo(instant: Instant): void {
    for (let due = this.nextAlarm(instant); due; due = this.nextAlarm(instant)) {
      this.now = later(this.now, due.wakeAt as Instant);
      due.wakeAt = undefined;
      this.react(due, { kind: 'wake', id: `wake-${this.commands}` });
    }
    this.now = later(this.now, instant);
  }

  /** Sends a command as a person or machine would; a refusal is an answer like any other. */
  send(stream: string, command: Command, actor: Actor, facts: object = {}): readonly RecordedEvent[] | Rejection {
    const recorded = this.decide(stream, command, actor, { facts });
    if (isRejection(recorded)) return recorded;
    for (const event of recorded) this.tellProcesses(event);
    for (const event of recorded) this.around.onRecorded(event);
    return recorded;
  }

  private decide(
    stream: string,
    command: Command,
    actor: Actor,
    { facts, causedBy }: { readonly facts?: object; readonly causedBy?: string },
  ): readonly RecordedEvent[] | Rejection {
    const aggregate = aggregates[aggregateOf(stream) as keyof typeof aggregates] as
      (typeof aggregates)[keyof typeof aggregates] | undefined;
    if (!aggregate || (aggregate === complaintRegistration && !this.around.hasComplaints))
      return { rejected: true, code: 'HISTORY.NOT_SIMULATED', details: {} };
    const definition = Object.values(aggregate.commands).find(({ type }) => type === command.type);
    const problems = definition ? problemsIn(definition.data, command.data) : [{ pointer: '', message: 'unknown' }];
    if (problems.length > 0) throw new Error(`${command.type}: ${JSON.stringify(problems)}`);
    const known = this.streams.get(stream) ?? { state: aggregate.decider.initial as unknown, events: [] };
    const commandId = uuidOf(`${this.seed} command ${(this.commands += 1)}`);
    const decided = aggregate.decider.decide(command, known.state, {
      now: this.now,
      actor,
      stream,
      commandId,
      facts: { ...this.factsFor(stream, command), ...facts },
    }) as Decision<DomainEvent>;
    if (isRejection(decided)) return decided;
    const correlationId = this.matterOf(stream, known, decided);
    return decided.map((told) => {
      const event = recordedOne(stream, known.events.length, told, {
        at: this.now,
        actor,
        commandId,
        correlationId,
        causationId: causedBy ?? commandId,
        eventId: uuidOf(`${commandId} ${stream} ${known.events.length}`),
        position: String(this.history.length).padStart(20, '0'),
      });
      known.events.push(event);
      known.state = aggregate.decider.evolve(known.state, event) as unknown;
      this.streams.set(stream, known);
      this.history.push(event);
      if (told.type === 'work_order.WorkOrderDispatched')
        this.dispatched.set((told.data as { to: { id: string } }).to.id, this.now);
      return event;
    });
  }

  private matterOf(stream: string, { events }: Stream, decided: readonly DomainEvent[]): string {
    if (events[0]) return events[0].metadata.correlationId;
    if (aggregateOf(stream) === 'ticket') return stream;
    const first = decided[0]?.data as { ticketId?: string; about?: { ticketId?: string } } | undefined;
    const ticketId = first?.ticketId ?? first?.about?.ticketId;
    return ticketId ? `ticket-${ticketId}` : stream;
  }

  private factsFor(stream: string, command: Command): object {
    if (aggregateOf(stream) === 'ticket')
      return {
        policies: policiesV1,
        site: SITE,
        ...(command.type === 'ticket.RegisterRework' ? this.forRework(command) : {}),
      };
    if (aggregateOf(stream) === 'complaint') return this.complaintFacts(command);
    const isDispatch = command.type.startsWith('work_order.Dispatch');
    const data = command.data as { signature?: string; facts?: readonly { signature?: string }[] };
    const signatures = [data, ...(data.facts ?? [])].flatMap(({ signature }) => (signature ? [signature] : []));
    return {
      dispatch: policiesV1.dispatch,
      site: SITE,
      signatureDigests: signatures.map((signature) => digestOf(signature)),
      ...(isDispatch ? { candidates: this.candidates(), readPosition: String(this.history.length) } : {}),
    };
  }

  /** A process opens it, so that the number and the customer aren't the sender's to give. */
  private forRework({ data }: Command): object {
    const serial = 90_000 + (this.numbers += 1);
    const { customerId } = data as { readonly customerId: string };
    return {
      number: { number: `${this.now.slice(0, 7).replace('-', '')}${serial}`, serial },
      customer: { stream: `customer-${customerId}`, tier: 'normal' },
    };
  }

  private complaintFacts({ type, data }: Command): object {
    const { ticketId, customerId } = data as { readonly ticketId?: string; readonly customerId?: string };
    const common = {
      policies: policiesV1,
      site: SITE,
      found: { ticket: ticketId !== undefined && this.streams.has(`ticket-${ticketId}`) },
      ...(customerId ? { customer: { stream: `customer-${customerId}` } } : {}),
    };
    if (!CREATES.includes(type)) return common;
    const serial = (this.numbers += 1);
    const month = this.now.slice(0, 7).replace('-', '');
    return { ...common, number: { number: `KS${month}${String(serial).padStart(3, '0')}`, serial } };
  }

  private candidates(): readonly Candidate[] {
    const busy = new Map<string, number>();
    for (const [name, { state }] of this.streams) {
      if (aggregateOf(name) !== 'work_order') continue;
      const order = state as WorkOrder;
      if (order.status === 'none' || ['planned', 'completed', 'cancelled', 'waiting'].includes(order.status)) continue;
      const id = order.status === 'dispatched' ? order.offer.to.id : 'assignee' in order ? order.assignee.id : '';
      busy.set(id, (busy.get(id) ?? 0) + 1);
    }
    return this.engineers.map((engineer) => {
      const lastDispatchedAt = this.dispatched.get(engineer.id);
      return { ...engineer, openJobs: busy.get(engineer.id) ?? 0, ...(lastDispatchedAt ? { lastDispatchedAt } : {}) };
    });
  }

  private tellProcesses(event: RecordedEvent): void {
    for (const manager of this.managers) {
      const matter = manager.types.includes(event.type) ? manager.instance(event) : undefined;
      if (matter !== undefined) this.react(this.instanceOf(manager, matter), { kind: 'event', event });
    }
  }

  private instanceOf(manager: ProcessManager<unknown>, name: string): Instance {
    const key = `${manager.name} ${name}`;
    const known = this.instances.get(key) ?? { manager, name, state: manager.initial };
    this.instances.set(key, known);
    return known;
  }

  private react(instance: Instance, input: ProcessInput): void {
    const { state, commands, nextWakeAt } = instance.manager.react(instance.state, input, {
      now: this.now,
      instance: instance.name,
      uuid: (name) => uuidOf(`${this.seed} ${instance.manager.name} ${instance.name} ${name}`),
    });
    instance.state = state;
    instance.wakeAt = nextWakeAt;
    const causedBy = input.kind === 'event' ? input.event.eventId : undefined;
    for (const command of commands) this.dispatchFor(instance, command, causedBy);
  }

  private dispatchFor(instance: Instance, command: ProcessCommand, causedBy: string | undefined): void {
    const { stream, ...rest } = command;
    const recorded = this.decide(stream, rest, SYSTEM, causedBy === undefined ? {} : { causedBy });
    if (isRejection(recorded)) {
      this.react(instance, { kind: 'refused', command, code: recorded.code, commandId: `refused-${this.commands}` });
      return;
    }
    for (const event of recorded) this.tellProcesses(event);
    for (const event of recorded) this.around.onRecorded(event);
  }

  private nextAlarm(until: Instant): Instance | undefined {
    let next: Instance | undefined;
    for (const instance of this.instances.values())
      if (instance.wakeAt && instance.wakeAt <= until && (!next || instance.wakeAt < (next.wakeAt as Instant)))
        next = instance;
    return next;
  }
}

/** Stands for the SHA-256 of a signature; 64 hex digits. */
const digestOf = (signature: string): string => {
  const digest = `${uuidOf(signature)}${uuidOf(`${signature} again`)}`.replaceAll('-', '');
  if (!HEX64.test(digest)) throw new Error('a digest has 64 hex digits');
  return digest;
};

/** The ticket id of a work order's events. */
export const ticketOf = (event: RecordedEvent): string => idOf(event.metadata.correlationId);

/** What people plan to do at some time; they look at the matter again when the time comes. */
export type Plan = (at: Instant, act: (world: World) => void) => void;
