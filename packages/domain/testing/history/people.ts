import { HOUR, MINUTE, plus, type Actor, type Command, type Instant, type RecordedEvent } from '../../src/kernel/index';
import { policiesV1 } from '../../src/policy/index';
import type { TicketEvent } from '../../src/ticket/events';
import type { ExistingTicket } from '../../src/ticket/state';
import type { WorkOrderEvent } from '../../src/work-order/events';
import type { Chance } from './chance';
import { trip } from './trip';
import type { Plan, World } from './world';

const agent: Actor = { id: 'agent-1', role: 'agent' };
const supervisor: Actor = { id: 'supervisor-1', role: 'supervisor' };
const expert: Actor = { id: 'expert-1', role: 'expert' };
const warehouse: Actor = { id: 'warehouse-1', role: 'warehouse' };
const customer: Actor = { id: 'link-1', role: 'customer' };

/** How the people around a matter answer to its events: customers, agents, engineers, warehouse, supervisors. */
export const people = (chance: Chance, plan: Plan) => {
  const soon = (from: Instant, minutes: number, spread: number) =>
    plus(from, (minutes + chance.between(0, spread)) * MINUTE);
  const later = (event: RecordedEvent, minutes: number, spread: number, act: (world: World) => void) =>
    plan(soon(event.metadata.recordedAt, minutes, spread), act);
  const fault = () => chance.one(policiesV1.catalogue.body.faultCodes.slice(0, 8)).code;

  const answer = (event: RecordedEvent) => {
    const happened = event as unknown as { type: (TicketEvent | WorkOrderEvent)['type']; data: never };
    const { stream } = event;
    const to = (command: Command, actor: Actor) => (world: World) => void world.send(stream, command, actor);
    switch (happened.type) {
      case 'ticket.TicketSubmitted':
        return later(
          event,
          5,
          50,
          to({ type: 'ticket.ReviewIntake', data: { impact: 'degraded', serviceType: 'on-site' } }, agent),
        );
      case 'ticket.OwnerAssigned':
        return later(event, 30, 240, (world) => ownStep(world, event));
      case 'ticket.ResolutionProposed':
        return verdict(event);
      case 'ticket.ResolutionRejected':
      case 'ticket.ResolutionReturnedBySilence':
        return later(
          event,
          60,
          600,
          to({ type: 'ticket.RecordDiagnosis', data: { faultCode: fault(), cause: 'found-again' } }, expert),
        );
      case 'ticket.ResolutionConfirmed':
      case 'ticket.ResolutionAcceptedBySilence':
        return followUp(event);
      case 'ticket.SolutionDeclined':
        return later(event, 60, 600, to({ type: 'ticket.CloseUnresolved', data: { reason: 'quote-declined' } }, agent));
      case 'ticket.TicketClosed':
        return afterwards(event);
      case 'work_order.WorkOrderDispatched':
        return offered(event, (event.data as { to: { kind: 'engineer'; id: string } }).to);
      case 'work_order.WorkOrderAccepted':
        return accepted(event, (event.data as { by: { id: string } }).by.id);
      case 'work_order.DispatchFailed':
        return later(event, 20, 120, (world) => dispatchByHand(world, stream));
      case 'work_order.WorkCompleted':
        return partsArrive(event);
      default:
        return undefined;
    }
  };

  const ownStep = (world: World, event: RecordedEvent) => {
    const { role, reason } = event.data as { role: string; reason?: string };
    const ticket = world.stateOf(event.stream) as ExistingTicket;
    if (ticket.owner?.role !== role) return;
    const send = (command: Command, actor: Actor) => world.send(event.stream, command, actor);
    if (ticket.type === 'unclassified' && role === 'supervisor') {
      send(
        { type: 'ticket.ClassifyTicket', data: { type: chance.one(['repair', 'enquiry']), reason: 'asked' } },
        supervisor,
      );
      return;
    }
    if (ticket.status === 'pending-dispatch' && role === 'agent' && ticket.route === 'first-touch') {
      if (chance.percent(80))
        send({ type: 'ticket.ProposeResolution', data: { by: 'first-touch', remedy: 'explained' } }, agent);
      else send({ type: 'ticket.RouteTicket', data: { route: 'visit', reason: 'needs-a-visit' } }, agent);
      return;
    }
    const byHand = [agent, warehouse, supervisor, expert].find((one) => one.role === role);
    if (!byHand || reason === 'solution-declined') return;
    if (ticket.type === 'complaint') {
      send({ type: 'ticket.CancelTicket', data: { reason: 'became-complaint', complaintId: 'k-1' } }, supervisor);
      return;
    }
    if (ticket.status === 'in-progress' && chance.percent(40)) {
      send({ type: 'ticket.RecordDiagnosis', data: { faultCode: fault() } }, expert);
      send({ type: 'ticket.RouteTicket', data: { route: 'visit', reason: 'second-opinion' } }, supervisor);
      return;
    }
    send({ type: 'ticket.StartHandling', data: { route: ticket.route ?? 'first-touch', role: byHand.role } }, byHand);
    later(event, 300, 2_000, (then) => {
      then.send(event.stream, { type: 'ticket.RecordDiagnosis', data: { faultCode: fault() } }, expert);
      then.send(event.stream, { type: 'ticket.ProposeResolution', data: { by: 'hand', remedy: 'done' } }, agent);
    });
  };

  const verdict = (event: RecordedEvent) => {
    if (chance.percent(12))
      return later(
        event,
        60,
        2_000,
        (world) =>
          void world.send(
            event.stream,
            { type: 'ticket.RejectResolution', data: { reason: 'fault-still-there', channel: 'link' } },
            customer,
          ),
      );
    if (chance.percent(60))
      return later(
        event,
        30,
        1_200,
        (world) =>
          void world.send(event.stream, { type: 'ticket.ConfirmResolution', data: { channel: 'link' } }, customer),
      );
    if (chance.percent(50))
      return later(event, 120, 1_200, (world) => {
        const contactId = `contact-${event.eventId}`;
        const said = { contactId, direction: 'outbound', channel: 'phone', purpose: 'progress', reached: true };
        world.send(event.stream, { type: 'ticket.RecordContact', data: said }, agent);
        world.send(event.stream, { type: 'ticket.ConfirmResolution', data: { channel: 'phone', contactId } }, agent);
      });
    return undefined;
  };

  const followUp = (event: RecordedEvent) => {
    const call = (type: string, data: object) => (world: World) =>
      void world.send(
        event.stream,
        { type: `ticket.${type}`, data: { followUp: 'confirmation-call', ...data } },
        agent,
      );
    const answers = chance.percent(70)
      ? {
          responseSpeed: chance.one(['very-satisfied', 'satisfied', 'neutral']),
          expertise: chance.one(['very-satisfied', 'satisfied']),
          attitude: 'very-satisfied',
          problemSolved: chance.one(['satisfied', 'neutral', 'dissatisfied']),
        }
      : undefined;
    if (chance.percent(80))
      later(event, 10, 70, call('CompleteFollowUp', { resolved: !chance.percent(5), ...(answers ? { answers } : {}) }));
    else
      for (const attempt of [0, 1, 2])
        later(event, 10 + attempt * 20, 2, call('AttemptFollowUp', { channel: 'phone', reached: false }));
    later(event, 90, 300, (world) => void world.send(event.stream, { type: 'ticket.CloseTicket', data: {} }, agent));
  };

  const afterwards = (event: RecordedEvent) => {
    if (chance.percent(40))
      later(event, 24 * 60, 40 * 60, (world) => {
        const data = { followUp: 'after-closing', resolved: !chance.percent(10) };
        world.send(event.stream, { type: 'ticket.CompleteFollowUp', data }, agent);
      });
    if (chance.percent(8))
      later(
        event,
        24 * 60,
        8 * 24 * 60,
        (world) =>
          void world.send(
            event.stream,
            { type: 'ticket.ReopenTicket', data: { foundBy: 'customer', words: '又坏了' } },
            agent,
          ),
      );
  };

  const offered = (event: RecordedEvent, to: { kind: 'engineer'; id: string }) => {
    const engineer: Actor = { id: to.id, role: to.kind };
    const send = (type: string, data: object) => (world: World) =>
      void world.send(event.stream, { type, data }, engineer);
    if (chance.percent(10)) return later(event, 2, 20, send('work_order.DeclineWorkOrder', { reason: 'overloaded' }));
    if (chance.percent(8))
      return chance.percent(50) ? undefined : later(event, 31, 20, send('work_order.AcceptWorkOrder', {}));
    return later(event, 1, 25, send('work_order.AcceptWorkOrder', {}));
  };

  const accepted = (event: RecordedEvent, id: string) => {
    const engineer: Actor = { id, role: 'engineer' };
    if (chance.percent(4))
      return later(
        event,
        10,
        200,
        (world) =>
          void world.send(event.stream, { type: 'work_order.ReleaseWorkOrder', data: { reason: 'illness' } }, engineer),
      );
    if (chance.percent(4))
      later(
        event,
        30,
        120,
        (world) =>
          void world.send(
            event.stream,
            { type: 'work_order.CancelWorkOrder', data: { reason: 'mistake', tripMade: false } },
            supervisor,
          ),
      );
    return trip(event, engineer, chance, plan);
  };

  const dispatchByHand = (world: World, stream: string) => {
    const order = world.stateOf(stream) as { plan?: { preferred?: { id: string } } };
    const to = { kind: 'engineer' as const, id: order.plan?.preferred?.id ?? world.anybody() };
    if (chance.percent(85))
      world.send(stream, { type: 'work_order.DispatchWorkOrder', data: { to, reason: 'by hand' } }, supervisor);
    else
      world.send(
        stream,
        { type: 'work_order.CancelWorkOrder', data: { reason: 'customer', tripMade: false } },
        supervisor,
      );
  };

  const partsArrive = (event: RecordedEvent) => {
    const { reason } = event.data as { reason?: string };
    if (reason !== 'part-missing' && reason !== 'wrong-part') return;
    plan(
      plus(event.metadata.recordedAt, chance.between(20, 70) * HOUR),
      (world) =>
        void world.send(
          event.metadata.correlationId,
          { type: 'ticket.ReportProgress', data: { milestone: 'parts-received' } },
          warehouse,
        ),
    );
  };

  return { answer };
};
