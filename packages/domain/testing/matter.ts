import assert from 'node:assert/strict';
import {
  fold,
  idOf,
  isRejection,
  later,
  plus,
  problemsIn,
  type Actor,
  aggregateOf,
  type AggregateRegistration,
  type Command,
  type Instant,
  type ProcessCommand,
  type ProcessInput,
  type ProcessManager,
  type RecordedEvent,
} from '../src/kernel/index';
import { policiesV1 } from '../src/policy/index';
import { shiftAt, type OnCallRoster } from '../src/on-call-roster/state';
import type { OnCallFacts } from '../src/on-call-alert/facts';
import { processManagers } from '../src/process/index';
import { registry } from '../src/registry';
import type { WorkOrderFacts } from '../src/work-order/facts';
import { complaintFacts } from './complaint';
import { ROSTER } from './on-call';
import { recordedOne, START } from './recorded';
import { fits } from './scenario';
import { people, ticketFacts } from './ticket';
import { candidate, SECOND_ENGINEER, SIGNATURE_DIGEST, workOrderFacts } from './work-order';

/** A deterministic stand-in for uuidv5: the same name gives the same id. */
const uuidOf = (name: string): string => {
  const hash = [...name].reduce((sum, character) => (Math.imul(sum, 31) + (character.codePointAt(0) ?? 0)) >>> 0, 7);
  return `${hash.toString(16).padStart(8, '0')}-0000-5000-8000-000000000000`;
};

interface Running {
  readonly manager: ProcessManager<unknown>;
  readonly instance: string;
  state: unknown;
  alarm: Instant | undefined;
}

/** A command that a process sent, and what came of it. */
export interface Sent {
  readonly stream: string;
  readonly type: string;
  readonly data: unknown;
  /** Code of the refusal; `ignored`: an aggregate that this story doesn't have. */
  readonly refused?: string;
}

/** What such a story has; other aggregates are asked in vain. */
const SIMULATED: readonly string[] = ['ticket', 'work_order', 'complaint', 'on_call_alert'];

/**
 * One matter with its ticket, work orders, complaints and on-call alert, the real deciders and the real processes, in
 * memory: `tell` is what a person does, `wait` lets time pass so that alarms go off. What must hold across streams is tried
 * here.
 */
export class Matter {
  now: Instant = START;
  readonly events: RecordedEvent[] = [];
  readonly sent: Sent[] = [];
  facts: Partial<WorkOrderFacts> = {
    candidates: [candidate(), candidate({ id: SECOND_ENGINEER, openJobs: 2 })],
    signatureDigests: [SIGNATURE_DIGEST],
  };
  readonly #managers = processManagers(() => policiesV1);
  readonly #running: Running[] = [];
  #commands = 0;
  #published = 0;

  /** Decides a command on a stream as somebody, and lets the processes follow; a refusal is returned by its code. */
  tell(stream: string, command: Command, actor: Actor): string | undefined {
    const refusal = this.#decide(stream, command, actor);
    this.#catchUp();
    return refusal;
  }

  /** Lets so many milliseconds pass; alarms go off in between, each at its time. */
  wait(millis: number): void {
    const end = plus(this.now, millis);
    for (let turns = 0; turns < 1_000; turns += 1) {
      const next = this.#running
        .filter(({ alarm }) => alarm !== undefined && alarm <= end)
        .sort((a, b) => ((a.alarm as string) < (b.alarm as string) ? -1 : 1))[0];
      if (!next) break;
      this.now = later(this.now, next.alarm as string);
      next.alarm = undefined;
      this.#react(next, { kind: 'wake', id: `wake-${turns}` });
      this.#catchUp();
    }
    this.now = end;
  }

  /** The ids of the work orders, in order of planning. */
  workOrders(): readonly string[] {
    return this.events.filter(({ type }) => type === 'work_order.WorkOrderPlanned').map(({ stream }) => idOf(stream));
  }

  /** Names of the events of one aggregate, without it. */
  names(aggregate: 'ticket' | 'work_order' | 'complaint' | 'on_call_alert'): readonly string[] {
    return this.events
      .filter(({ type }) => type.startsWith(`${aggregate}.`))
      .map(({ type }) => type.slice(aggregate.length + 1));
  }

  /** The last event of a type; fails without one. */
  last(type: string): RecordedEvent {
    const found = this.events.filter((event) => event.type === type).at(-1);
    assert.ok(found, `no ${type}`);
    return found;
  }

  statusOf(stream: string): string {
    const state = fold(this.#aggregate(stream).decider, this.#eventsOf(stream)) as { readonly status: string };
    return state.status;
  }

  #eventsOf(stream: string): RecordedEvent[] {
    return this.events.filter((event) => event.stream === stream);
  }

  #aggregate(stream: string): AggregateRegistration {
    const known = registry.aggregate(aggregateOf(stream));
    assert.ok(known, `${stream} belongs to no aggregate`);
    return known;
  }

  /** The processes see events in the order of the store, whatever their commands add meanwhile. */
  #catchUp(): void {
    for (; this.#published < this.events.length; this.#published += 1)
      this.#publish(this.events[this.#published] as RecordedEvent);
  }

  #decide(stream: string, command: Command, actor: Actor): string | undefined {
    maySend(command, actor);
    const aggregate = this.#aggregate(stream);
    const past = this.#eventsOf(stream);
    this.#commands += 1;
    const commandId = `c0ffee00-0000-4000-8000-${String(this.#commands).padStart(12, '0')}`;
    const context = { now: this.now, actor, stream, commandId, facts: this.#factsFor(stream) };
    const decided = aggregate.decider.decide(command, fold(aggregate.decider, past), context);
    if (isRejection(decided)) return decided.code;
    const correlationId = past[0]?.metadata.correlationId ?? matterFor(stream, decided[0]?.data);
    const stamp = { at: this.now, actor, commandId, correlationId };
    const recorded = decided.map((event, index) => {
      fits(aggregate, event);
      return recordedOne(stream, past.length + index, event, {
        ...stamp,
        eventId: `${commandId}-${index}`,
        position: String(this.events.length + index).padStart(20, '0'),
      });
    });
    this.events.push(...recorded);
    return undefined;
  }

  #publish(event: RecordedEvent): void {
    for (const manager of this.#managers) {
      const instance = manager.types.includes(event.type) ? manager.instance(event) : undefined;
      if (instance !== undefined) this.#react(this.#runningFor(manager, instance), { kind: 'event', event });
    }
  }

  #runningFor(manager: ProcessManager<unknown>, instance: string): Running {
    const known = this.#running.find((one) => one.manager === manager && one.instance === instance);
    if (known) return known;
    const running: Running = { manager, instance, state: manager.initial, alarm: undefined };
    this.#running.push(running);
    return running;
  }

  #factsFor(stream: string): object {
    switch (aggregateOf(stream)) {
      case 'ticket':
        return ticketFacts;
      case 'complaint':
        return complaintFacts;
      case 'on_call_alert':
        return this.#onCall();
      default:
        return { ...workOrderFacts, ...this.facts };
    }
  }

  #onCall(): OnCallFacts {
    const past = this.#eventsOf(ROSTER);
    if (past.length === 0) return {};
    const roster = fold(this.#aggregate(ROSTER).decider, past) as OnCallRoster;
    const shift = roster.status === 'open' ? shiftAt(roster.shifts, this.now) : undefined;
    return { rosterRevision: past.length - 1, ...(shift && { onCall: shift }) };
  }

  #react(running: Running, input: ProcessInput): void {
    const { instance } = running;
    const context = { now: this.now, instance, uuid: (name: string) => uuidOf(`${instance} ${name}`) };
    const { state, commands, nextWakeAt } = running.manager.react(running.state, input, context);
    // What a process keeps has to survive being stored as JSON.
    running.state = JSON.parse(JSON.stringify(state)) as unknown;
    running.alarm = nextWakeAt;
    for (const command of commands) this.#send(running, command);
  }

  #send(running: Running, command: ProcessCommand): void {
    const known = SIMULATED.includes(aggregateOf(command.stream));
    const { stream, type, data } = command;
    const entry = this.sent.push({ stream, type, data, ...(known ? {} : { refused: 'ignored' }) }) - 1;
    if (!known) return maySend(command, people.system);
    const code = this.#decide(stream, { type, data }, people.system);
    if (code === undefined) return;
    this.sent[entry] = { stream, type, data, refused: code };
    this.#react(running, { kind: 'refused', command, code, commandId: `refused-${entry}` });
  }
}

/** The matter of a new stream: the ticket that a work order is for or a complaint about, what an alert says, else itself. */
const matterFor = (stream: string, data: unknown): string => {
  const said = (data ?? {}) as { readonly ticketId?: string; readonly about?: { ticketId?: string }; matter?: string };
  if (said.matter !== undefined) return said.matter;
  const ticket = said.ticketId ?? said.about?.ticketId;
  return aggregateOf(stream) === 'ticket' || ticket === undefined ? stream : `ticket-${ticket}`;
};

/** Whoever sends it may, and it has the shape that its table says: also across processes and aggregates. */
const maySend = ({ type, data }: Command, actor: Actor): void => {
  const definition = registry.command(type)?.definition;
  assert.ok(definition, `${type} is no command`);
  assert.ok(definition.roles.includes(actor.role), `${actor.role} may not send ${type}`);
  assert.deepStrictEqual(problemsIn(definition.data, data), [], `data of ${type}`);
};
