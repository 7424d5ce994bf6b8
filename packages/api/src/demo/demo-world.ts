import type { Chance } from './seeded-random';
import type { HttpPerson } from './http-person';
import type { ProductLine } from './product-lines';

/** A customer of the demo; what the stories need of them. */
export interface DemoCustomer {
  readonly id: string;
  readonly vip: boolean;
  readonly region: string;
  readonly units: readonly {
    readonly line: ProductLine;
    readonly model: string;
    readonly unitId: string;
    readonly serial: string;
  }[];
}

/** Everybody and everything that the stories act with. */
export interface DemoWorld {
  readonly chance: Chance;
  readonly agent: HttpPerson;
  readonly supervisor: HttpPerson;
  readonly expert: HttpPerson;
  readonly warehouse: HttpPerson;
  readonly crm: HttpPerson;
  readonly quality: HttpPerson;
  readonly manager: HttpPerson;
  readonly hr: HttpPerson;
  readonly channel: HttpPerson;
  /** The customer behind a tracking link: no token. */
  readonly nobody: HttpPerson;
  /** By the id of the engineer's or the outlet's stream. */
  readonly field: ReadonlyMap<string, HttpPerson>;
  readonly customers: readonly DemoCustomer[];
  /** Tickets in the order in which they came in: what people complain about later. */
  readonly tickets: { readonly id: string; readonly customer: DemoCustomer }[];
}

/** The ticket as `GET /tickets/{id}` shows it, as far as the stories look. */
export interface TicketView {
  readonly status: string;
  readonly cycle: number;
  readonly type: string;
  readonly route?: string;
  readonly openJobs: readonly { readonly id: string; readonly kind: string }[];
}

/** The work order as `GET /work-orders/{id}` shows it, as far as the stories look. */
export interface WorkOrderView {
  readonly status: string;
  readonly assignee?: { readonly kind: string; readonly id: string };
}

export const ticketOf = async (world: DemoWorld, id: string): Promise<TicketView> =>
  (await world.supervisor.get(`/tickets/${id}`)).body as unknown as TicketView;

export const workOrderOf = async (world: DemoWorld, id: string): Promise<WorkOrderView> =>
  (await world.supervisor.get(`/work-orders/${id}`)).body as unknown as WorkOrderView;
