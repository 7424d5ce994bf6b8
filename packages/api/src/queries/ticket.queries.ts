import { idOf, ticketStateLabels, uuid, type ExistingTicket, type RecordedEvent, type Ticket } from '@aftercare/domain';
import { repairedRecently } from '@aftercare/projections';
import { etagOf } from '../http/conditional';
import { notFound } from '../http/problem';
import { personalOf } from '../streams/streams';
import { defineQuery } from './define-query';
import { maskFields } from './masking';
import { CASE_READERS } from './roles';
import { shownToReader } from './staff-withheld';

/** One ticket and its history, from the streams: right at this moment, also while read models are down. */
export const ticketQueries = [
  defineQuery('Ticket', {
    path: '/tickets/:id',
    tag: 'tickets',
    roles: CASE_READERS,
    says: { zh: '查看工单(个人信息已脱敏)', en: 'one ticket as it stands now, personal fields masked' },
    input: { id: uuid() },
    answer: async ({ streams, scope, registry, clock }, { input, actor }) => {
      const stream = `ticket-${input.id}`;
      await scope.mustSee(actor, stream);
      const { events, head } = await streams.load(stream);
      if (head === 'none') throw notFound();
      const decider = registry.aggregate('ticket')!.decider;
      const ticket = events.reduce<unknown>((s, e) => decider.evolve(s, e), decider.initial) as Ticket;
      if (ticket.status === 'none') throw notFound();
      const opened = await streams.openAll(events.filter(isIntake));
      const unit = ticket.unitId === undefined ? [] : (await streams.load(`product_unit-${ticket.unitId}`)).events;
      const repairedLately = repairedRecently(unit, { now: clock.now(), apartFrom: input.id });
      return {
        // EXE-11, the red flag of the queue: its unit was repaired within 30 days, by another ticket than this one.
        body: { ...(shownToReader(ticketView(ticket, events, opened), actor.role) as object), repairedLately },
        etag: etagOf(head.revision),
        position: events.at(-1)!.position,
      };
    },
  }),
];

const isIntake = ({ type }: RecordedEvent): boolean =>
  type === 'ticket.TicketSubmitted' || type === 'ticket.TicketRegistered' || type === 'ticket.IntakeReviewed';

/** What staff see of a ticket. The state is folded by the domain; nothing is decided here. */
const ticketView = (ticket: ExistingTicket, events: readonly RecordedEvent[], intake: readonly RecordedEvent[]) => {
  const first = events[0]!;
  const { number, serial, channel, region } = first.data as Record<string, unknown>;
  const { jobs, parts, followUps, contacts, workers, linked, trackingLinks, ...state } = ticket;
  const personal = intake.map(personalOf);
  return {
    id: idOf(first.stream),
    number,
    serial,
    channel,
    region,
    ...state,
    statusName: ticketStateLabels[ticket.status],
    receivedAt: first.metadata.receivedAt ?? first.metadata.recordedAt,
    registeredAt: first.metadata.recordedAt,
    changedAt: events.at(-1)!.metadata.recordedAt,
    revision: events.length - 1,
    openJobs: jobs.filter(({ open }) => open).map(({ kind, id, cycle }) => ({ kind, id, cycle })),
    jobs,
    parts,
    followUps,
    contacts,
    workers,
    linked,
    trackingLinks,
    personal: maskFields(Object.assign({}, ...personal.map(({ fields }) => fields)) as Record<string, unknown>),
    ...(personal.some(({ erased }) => erased) ? { erased: true } : {}),
  };
};
