import type { CommandOf, Instant, ProcessCommand, Reaction, Recorded, RecordedEvent } from '../kernel/index';
import type { ComplaintCommandName, ComplaintCommandOf } from '../complaint/commands';
import type { OnCallAlertCommandName, onCallAlertCommands } from '../on-call-alert/commands';
import type { PoliciesInForce } from '../policy/bodies';
import type { TicketCommandName, TicketCommandOf } from '../ticket/commands';
import type { TicketEvent } from '../ticket/events';
import type { WorkOrderCommandOf, workOrderCommands } from '../work-order/commands';
import type { WorkOrderEvent } from '../work-order/events';

/** The versions in force at an instant: a clock uses those of its start, whenever it is looked at. */
export type PolicyLookup = (at: Instant) => PoliciesInForce;

/** The events of a matter: those of its ticket and of its work orders. */
export type MatterEvent = Recorded<TicketEvent | WorkOrderEvent>;
export type TicketHappened = Recorded<TicketEvent>;
export type WorkOrderHappened = Recorded<WorkOrderEvent>;

/** The store validated the payload when it read the event, so its type says what it is. */
export const asMatter = (event: RecordedEvent): MatterEvent => event as MatterEvent;
export const isTicketEvent = (event: MatterEvent): event is TicketHappened => event.type.startsWith('ticket.');

/** The matter of an event: the ticket's stream. A standalone complaint isn't ours. */
export const matterOf = (event: RecordedEvent): string | undefined =>
  event.metadata.correlationId.startsWith('ticket-') ? event.metadata.correlationId : undefined;

/** A command for the ticket of the matter. */
export const toTicket = <Name extends TicketCommandName>(
  stream: string,
  name: Name,
  data: TicketCommandOf<Name>['data'],
): ProcessCommand => ({ stream, type: `ticket.${name}`, data });

/** A command for a work order, by its id. */
export const toWorkOrder = <Name extends keyof typeof workOrderCommands>(
  id: string,
  name: Name,
  data: WorkOrderCommandOf<Name>['data'],
): ProcessCommand => ({ stream: `work_order-${id}`, type: `work_order.${name}`, data });

/** A command for a complaint, by its id. */
export const toComplaint = <Name extends ComplaintCommandName>(
  id: string,
  name: Name,
  data: ComplaintCommandOf<Name>['data'],
): ProcessCommand => ({ stream: `complaint-${id}`, type: `complaint.${name}`, data });

/** A command for an on-call alert, by its stream. */
export const toAlert = <Name extends OnCallAlertCommandName>(
  stream: string,
  name: Name,
  data: CommandOf<(typeof onCallAlertCommands)[Name]>['data'],
): ProcessCommand => ({ stream, type: `on_call_alert.${name}`, data });

/** A reaction; without an alarm none is set. */
export const reaction = <State>(
  state: State,
  commands: readonly ProcessCommand[] = [],
  nextWakeAt?: Instant,
): Reaction<State> => ({ state, commands, ...(nextWakeAt !== undefined && { nextWakeAt }) });

/** The earliest of some instants. */
export const earliest = (instants: readonly (Instant | undefined)[]): Instant | undefined =>
  instants.reduce(
    (first, next) => (next !== undefined && (first === undefined || next < first) ? next : first),
    undefined,
  );
